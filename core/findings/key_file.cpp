#include "findings/key_file.h"

#include "crypto/crypto.h"
#include "platform/files.h"

namespace caseaudit::findings {
namespace {

constexpr std::size_t key_bytes = 32;

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

Diagnostics make_key(const std::string& path) {
    unsigned char key[key_bytes];
    crypto::fill_randomly(key);
    const std::string text = crypto::hexadecimal(key) + '\n';
    auto file = platform::NewFile::create(path, platform::Existing::kept);
    if (!file) return file.errors();
    auto errors = file->append(text);
    return errors.empty() ? file->commit() : errors;
}

Result<std::string> read_key(const std::string& path) {
    if (auto errors = platform::check_private(path); !errors.empty()) return errors;
    auto text = platform::read_whole(platform::system_files(), path, 1 << 16);
    if (!text) return text.errors();
    if (text->ends_with('\n')) text->pop_back();
    std::string key;
    for (std::size_t i = 0; i + 1 < text->size(); i += 2) {
        const int high = digit((*text)[i]), low = digit((*text)[i + 1]);
        if (high < 0 || low < 0) break;
        key.push_back(static_cast<char>(high * 16 + low));
    }
    if (text->size() == key_bytes * 2 && key.size() == key_bytes) return key;
    return Diagnostic{"key.format", "is no key: one is 64 hexadecimal digits", {path, 0, 0},
                      {},           "make one with: caseaudit key new FILE",   {}};
}

}  // namespace caseaudit::findings
