// The file that holds an authority's key: 256 bits as 64 hexadecimal digits and a line end, for its owner's
// eyes only. A key is never an argument nor in the environment, where other processes could see it.
#pragma once
#include <string>

#include "diagnostic/diagnostic.h"

namespace caseaudit::findings {

// Makes a key and writes it; never over a file that is there. Fails with "file.write".
Diagnostics make_key(const std::string& path);

// The key's 32 bytes. Fails with "file.open", "file.private" when others may read the file, or "key.format".
Result<std::string> read_key(const std::string& path);

}  // namespace caseaudit::findings
