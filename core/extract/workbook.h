// What the cells of an Excel workbook (ECMA-376, SpreadsheetML) refer to: its sheets, shared texts, and the
// formats that make a number a date. Private to the workbook reader.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "extract/zip_archive.h"

namespace caseaudit::extract {

class SharedTexts {
  public:
    void begin() { ends_.push_back(bytes_.size()); }
    void append(std::string_view text) {
        bytes_ += text;
        ends_.back() = bytes_.size();
    }
    std::size_t size() const { return ends_.size(); }
    std::size_t bytes() const { return bytes_.size() + ends_.size() * sizeof(std::size_t); }
    std::string_view operator[](std::size_t i) const {
        const std::size_t from = i == 0 ? 0 : ends_[i - 1];
        return std::string_view(bytes_).substr(from, ends_[i] - from);
    }

  private:
    std::string bytes_;
    std::vector<std::size_t> ends_;
};

struct Workbook {
    struct Sheet {
        std::string name;
        std::string path;  // within the archive
    };
    std::vector<Sheet> sheets;
    SharedTexts texts;
    std::vector<bool> dates;  // by cell format
    bool from_1904 = false;   // which day the serial numbers of dates count from
};

// Fails with "extract.workbook" or "extract.zip".
Result<Workbook> read_workbook(ZipArchive& archive);

// The day or moment of a serial number as text: 2025-04-01, or with a time 2025-04-01T09:30:00. "" where it
// is none: before 1900 or after 9999, and 29 February 1900, which Excel has and the calendar has not.
std::string date_of_serial(double serial, bool from_1904);

// Whether a format code shows a date: d, m or y outside quotes and brackets.
bool is_date_format(std::string_view code);

}  // namespace caseaudit::extract
