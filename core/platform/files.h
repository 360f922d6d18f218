// The file system, as far as the product needs it, behind an interface that tests replace to provoke faults.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.h"

namespace caseaudit::platform {

// A file open for reading. Safe to share between threads. Files are read into memory that the caller owns
// and not mapped: a mapped file that someone shortens meanwhile (a network share) would kill the process.
class File {
  public:
    virtual ~File() = default;
    // In bytes, as it was when the file was opened.
    virtual std::uint64_t size() const = 0;
    // Fills `into` with the bytes from `offset` on and returns how many there were: fewer than asked for only
    // at the end of the file. Fails with "file.read".
    virtual Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const = 0;
    // Whether it has been written to since it was opened.
    virtual bool changed() const = 0;
};

enum class Kind : std::uint8_t { absent, file, folder, other };  // other: a pipe, socket or device

// An entry of a folder; a symbolic link counts as what it leads to.
struct Entry {
    std::string name;
    Kind kind = Kind::absent;
};

class FileSystem {
  public:
    virtual ~FileSystem() = default;
    // Opens a regular file; anything else is refused without waiting for it. Fails with "file.open".
    virtual Result<std::unique_ptr<File>> open(const std::string& path) const = 0;
    virtual Kind kind(const std::string& path) const = 0;
    // The entries of a folder, sorted by name, without "." and "..". Fails with "file.list".
    virtual Result<std::vector<Entry>> list(const std::string& path) const = 0;
};

// The machine's own. Safe to share between threads.
const FileSystem& system_files();

// A whole file. Fails as open() and read_at() do, and with "file.too-large" beyond `limit` bytes.
Result<std::string> read_whole(const FileSystem& files, const std::string& path,
                               std::uint64_t limit = std::uint64_t{1} << 30);

// Fails with "file.private" when the file may be read or written by anybody but its owner.
Diagnostics check_private(const std::string& path);

enum class Existing : std::uint8_t { replaced, kept };  // what becomes of a file of the same name
enum class Temporary : std::uint8_t { nameless, named };

// Writes a file, for its owner's eyes only (0600), so that its name shows either the old content or all of
// the new: what is appended goes to a temporary file on the same disk, which commit() makes durable and gives
// the name. Without commit() nothing remains, however the process ends, where the file system knows files
// without a name; else see remove_temporaries_on_signal(). A path that is a device or pipe (/dev/stdout) is
// written to directly. Not shared between threads.
class NewFile {
  public:
    // Fails with "file.write", also when a file is there and to be kept. `temporary` is for tests.
    static Result<NewFile> create(const std::string& path, Existing existing = Existing::replaced,
                                  Temporary temporary = Temporary::nameless);
    NewFile(NewFile&& other) noexcept;
    NewFile& operator=(NewFile&& other) noexcept;
    ~NewFile();
    // Empty when all went well; otherwise "file.write".
    Diagnostics append(std::string_view bytes);
    Diagnostics commit();

  private:
    NewFile() = default;
    bool open_temporary(Temporary kind);
    bool give_name();
    bool rename_over();
    void discard() noexcept;
    int descriptor_ = -1;
    bool direct_ = false;
    Existing existing_ = Existing::replaced;
    std::string path_;
    std::string temporary_;  // "" when it has no name
};

// From now on SIGINT, SIGTERM and SIGHUP remove temporary files that have a name before they end the process,
// as they would have. For programs: a library leaves signals alone.
void remove_temporaries_on_signal();

}  // namespace caseaudit::platform
