// The request reader without a socket, where the sizes of the pieces matter.
#include "http/reader.h"

namespace huiyin::http {
namespace {

// Found by fuzzing: Beast's parser ended the process on an empty chunked body in small pieces.
TEST(RequestReader, ReadsAnEmptyChunkedBodyInSmallPieces) {
  for (std::size_t piece = 1; piece < 8; ++piece) {
    for (const std::string_view rest : {"0\r\n\r\n", "0\r\nX: y\r\n\r\n", "1\r\na\r\n0\r\n\r\n"}) {
      RequestReader reader;
      const auto feed = [&](std::string_view bytes) {
        std::ranges::copy(bytes, reader.room().begin());
        reader.commit(bytes.size());
      };
      feed("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      ASSERT_EQ(reader.read_head(), RequestReader::Step::ready);
      reader.limit_body(10);
      for (std::size_t at = 0; at < rest.size(); at += piece) {
        ASSERT_EQ(reader.read_body(), RequestReader::Step::need_more);
        feed(rest.substr(at, piece));
      }
      EXPECT_EQ(reader.read_body(), RequestReader::Step::ready) << rest;
    }
  }
}

}  // namespace
}  // namespace huiyin::http
