#include "extract/zip_archive.h"

#include <fmt/format.h>

#include <algorithm>

#include "extract/libzip.h"
#include "extract/rows.h"

namespace caseaudit::extract {
namespace {

Diagnostic problem(std::string message, std::string hint = {}) {
    Diagnostic result;
    result.code = "extract.zip";
    result.message = std::move(message);
    result.hint = std::move(hint);
    return result;
}

}  // namespace

// What libzip reads the archive through.
struct ZipArchive::Feed {
    const ByteSource* bytes = nullptr;
    zip_int64_t offset = 0;
    zip_error_t error{};

    static zip_int64_t call(void* self, void* data, zip_uint64_t length, zip_source_cmd_t command) {
        auto& feed = *static_cast<Feed*>(self);
        const auto size = static_cast<zip_int64_t>(feed.bytes->size());
        switch (command) {
            case ZIP_SOURCE_OPEN:
                feed.offset = 0;
                return 0;
            case ZIP_SOURCE_READ: {
                const auto want = static_cast<std::size_t>(
                    std::min<zip_int64_t>(size - feed.offset, static_cast<zip_int64_t>(length)));
                if (want == 0) return 0;
                const auto got = feed.bytes->read_at(static_cast<std::uint64_t>(feed.offset),
                                                     {static_cast<char*>(data), want});
                if (!got) {
                    libzip().error_set(&feed.error, ZIP_ER_READ, 0);
                    return -1;
                }
                feed.offset += static_cast<zip_int64_t>(want);
                return static_cast<zip_int64_t>(want);
            }
            case ZIP_SOURCE_SEEK: {
                const zip_int64_t to = libzip().source_seek_compute_offset(
                    static_cast<zip_uint64_t>(feed.offset), static_cast<zip_uint64_t>(size), data, length,
                    &feed.error);
                if (to < 0) return -1;
                feed.offset = to;
                return 0;
            }
            case ZIP_SOURCE_TELL:
                return feed.offset;
            case ZIP_SOURCE_STAT: {
                auto* stat = static_cast<zip_stat_t*>(data);
                libzip().stat_init(stat);
                stat->size = static_cast<zip_uint64_t>(size);
                stat->valid |= ZIP_STAT_SIZE;
                return sizeof *stat;
            }
            case ZIP_SOURCE_ERROR:
                return libzip().error_to_data(&feed.error, data, length);
            case ZIP_SOURCE_SUPPORTS:
                return libzip().source_make_command_bitmap(
                    ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
                    ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS, ZIP_SOURCE_FREE, -1);
            default:
                return 0;
        }
    }
};

ZipArchive::ZipArchive() : feed_(std::make_unique<Feed>()) {}
ZipArchive::ZipArchive(ZipArchive&& other) noexcept
    : feed_(std::move(other.feed_)), archive_(std::exchange(other.archive_, nullptr)), left_(other.left_) {}
ZipArchive::~ZipArchive() {
    if (archive_ != nullptr) libzip().discard(static_cast<zip_t*>(archive_));
}

Result<ZipArchive> ZipArchive::open(const ByteSource& bytes, std::uint64_t limit) {
    if (auto missing = platform::why_missing<LibZip>()) return *std::move(missing);
    ZipArchive archive;
    archive.feed_->bytes = &bytes;
    archive.left_ = limit;
    zip_error_t error;
    libzip().error_init(&error);
    zip_source_t* source = libzip().source_function_create(&Feed::call, archive.feed_.get(), &error);
    if (source != nullptr) {
        archive.archive_ = libzip().open_from_source(source, ZIP_RDONLY, &error);
        if (archive.archive_ == nullptr) libzip().source_free(source);
    }
    libzip().error_fini(&error);
    if (archive.archive_ == nullptr)
        return problem("it is not a whole ZIP archive, as a workbook is: is the file cut off?");
    return archive;
}

bool ZipArchive::holds(const std::string& name) const {
    return libzip().name_locate(static_cast<zip_t*>(archive_), name.c_str(), 0) >= 0;
}

Result<ZipArchive::Entry> ZipArchive::entry(const std::string& name) {
    auto* archive = static_cast<zip_t*>(archive_);
    zip_file_t* file = libzip().fopen(archive, name.c_str(), 0);
    if (file != nullptr) return Entry(*this, file);
    const int code = libzip().error_code_zip(libzip().get_error(archive));
    if (code == ZIP_ER_NOPASSWD || code == ZIP_ER_WRONGPASSWD || code == ZIP_ER_ENCRNOTSUPP)
        return problem("it is encrypted", "save it without a password");
    if (code == ZIP_ER_NOENT) return problem("a part that every workbook has is not in it");
    return problem("a part of it cannot be unpacked");
}

ZipArchive::Entry::Entry(Entry&& other) noexcept
    : archive_(other.archive_),
      file_(std::exchange(other.file_, nullptr)),
      trouble_(std::move(other.trouble_)) {}
ZipArchive::Entry::~Entry() {
    if (file_ != nullptr) libzip().fclose(static_cast<zip_file_t*>(file_));
}

std::ptrdiff_t ZipArchive::Entry::read(std::span<char> into) {
    const zip_int64_t got = libzip().fread(static_cast<zip_file_t*>(file_), into.data(), into.size());
    if (got < 0) {
        trouble_ = "a part of it cannot be unpacked: is the file damaged?";
        return -1;
    }
    const auto count = static_cast<std::uint64_t>(got);
    if (count > archive_->left_) {
        trouble_ = "it inflates to more than a workbook of its size can hold";
        return -1;
    }
    archive_->left_ -= count;
    return got;
}

}  // namespace caseaudit::extract
