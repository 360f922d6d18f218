#include "reports/html/packed.h"

#include <zlib.h>

#include <boost/archive/iterators/base64_from_binary.hpp>
#include <boost/archive/iterators/transform_width.hpp>
#include <stdexcept>

namespace caseaudit::reports {
namespace {

// Level 4 is half as large again as level 9 and takes a quarter of its time.
constexpr int level = 4;

std::string compressed(std::string_view bytes) {
    uLongf size = compressBound(bytes.size());
    std::string out(size, '\0');
    const int result = compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                                 reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), level);
    if (result != Z_OK) throw std::runtime_error("zlib could not compress");
    out.resize(size);
    return out;
}

// RFC 4648, with padding and without line ends. A string, as Boost reads the NUL that ends it.
std::string base64(const std::string& bytes) {
    using namespace boost::archive::iterators;
    using Sextets = base64_from_binary<transform_width<const char*, 6, 8>>;
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    out.assign(Sextets(bytes.data()), Sextets(bytes.data() + bytes.size()));
    out.append((4 - out.size() % 4) % 4, '=');
    return out;
}

}  // namespace

std::string embedded_json(std::string_view json) {
    std::string out;
    out.reserve(json.size() + json.size() / 64);
    for (const char c : json) {
        if (c == '<')
            out += "\\u003c";
        else
            out += c;
    }
    return out;
}

std::string packed(std::string_view bytes) {
    return base64(compressed(bytes));
}

}  // namespace caseaudit::reports
