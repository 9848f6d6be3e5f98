# Data files become C++ sources at build time (tools/embed.cpp).
add_executable(embed ${PROJECT_SOURCE_DIR}/tools/embed.cpp)
set_target_properties(embed PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tools)
set(GENERATED ${PROJECT_BINARY_DIR}/generated)

file(GLOB_RECURSE TEXT_FILES CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/texts/*.txt)
add_custom_command(
  OUTPUT ${GENERATED}/texts/stamp
  BYPRODUCTS ${GENERATED}/texts/keys.h ${GENERATED}/texts/table.h
  COMMAND embed texts ${GENERATED}/texts ${PROJECT_SOURCE_DIR}/texts
  COMMAND ${CMAKE_COMMAND} -E touch ${GENERATED}/texts/stamp
  DEPENDS embed ${TEXT_FILES})
add_custom_target(generated_texts DEPENDS ${GENERATED}/texts/stamp)

# huiyin_embed(<target> <namespace> <dir>): every file below <dir> as a constant in huiyin::<namespace>, in <namespace>.h
function(huiyin_embed target namespace dir)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${dir}/*)
  add_custom_command(
    OUTPUT ${GENERATED}/${namespace}/stamp
    BYPRODUCTS ${GENERATED}/${namespace}/${namespace}.h ${GENERATED}/${namespace}/${namespace}.cpp
    COMMAND embed files ${GENERATED}/${namespace} ${namespace} ${dir}
    COMMAND ${CMAKE_COMMAND} -E touch ${GENERATED}/${namespace}/stamp
    DEPENDS embed ${files})
  add_custom_target(generated_${namespace} DEPENDS ${GENERATED}/${namespace}/stamp)
  set_source_files_properties(${GENERATED}/${namespace}/${namespace}.cpp PROPERTIES GENERATED ON SKIP_PRECOMPILE_HEADERS ON)
  target_sources(${target} PRIVATE ${GENERATED}/${namespace}/${namespace}.cpp)
  target_include_directories(${target} PRIVATE ${GENERATED}/${namespace})
  add_dependencies(${target} generated_${namespace})
endfunction()
