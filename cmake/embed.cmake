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

# huiyin_embed(<target> <namespace> <dir> [MADE <file>...]): every file below <dir> as a constant in huiyin::<namespace>, in
# <namespace>.h; and every file below the folders of those that the build itself makes.
function(huiyin_embed target namespace dir)
  cmake_parse_arguments(E "" "" "MADE" ${ARGN})
  set(dirs ${dir})
  foreach(file ${E_MADE})
    get_filename_component(folder ${file} DIRECTORY)
    list(APPEND dirs ${folder})
  endforeach()
  list(REMOVE_DUPLICATES dirs)
  set(out ${GENERATED}/${namespace})
  if(TARGET generated_${namespace})  # another program's own version of it
    set(out ${GENERATED}/${target}/${namespace})
  endif()
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${dir}/*)
  add_custom_command(
    OUTPUT ${out}/stamp
    BYPRODUCTS ${out}/${namespace}.h ${out}/${namespace}.cpp
    COMMAND embed files ${out} ${namespace} ${dirs}
    COMMAND ${CMAKE_COMMAND} -E touch ${out}/stamp
    DEPENDS embed ${files} ${E_MADE})
  if(TARGET generated_${namespace})
    set(generated generated_${target}_${namespace})
  else()
    set(generated generated_${namespace})
  endif()
  add_custom_target(${generated} DEPENDS ${out}/stamp)
  # On its own: another program may bring another version of it.
  set_source_files_properties(${out}/${namespace}.cpp PROPERTIES GENERATED ON SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE ${out}/${namespace}.cpp)
  target_include_directories(${target} BEFORE PRIVATE ${out})
  add_dependencies(${target} ${generated})
endfunction()
