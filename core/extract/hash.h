#pragma once
#include "extract/byte_source.h"

namespace caseaudit::extract {

// SHA-256 (FIPS 180-4) of all the bytes, in hexadecimal. Reads them in pieces. Fails with "file.read".
Result<std::string> sha256(const ByteSource& bytes);

}  // namespace caseaudit::extract
