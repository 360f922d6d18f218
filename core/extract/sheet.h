// The rows of one sheet of a workbook. Private to the workbook reader.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/workbook.h"
#include "extract/xml_stream.h"

namespace caseaudit::extract {

struct SheetRow {
    std::uint64_t number = 0;          // in the sheet, from 1
    std::vector<std::string> cells;    // from column A on; those after the last one with a text are left out
    std::string trouble;               // why it cannot be taken
    std::uint32_t trouble_column = 0;  // from 1
};

// Hands over each row that has a cell with a text; false from `take` ends it.
class SheetReader final : public XmlHandler {
  public:
    SheetReader(const Workbook& workbook, std::function<bool(SheetRow&)> take)
        : workbook_(workbook), take_(std::move(take)) {}
    void start(XmlStream& stream, std::string_view name, std::span<const XmlAttribute> attributes) override;
    void end(XmlStream& stream, std::string_view name) override;
    void text(XmlStream& stream, std::string_view text) override;

  private:
    enum class Kind : std::uint8_t { number, shared, text, boolean };
    void begin_cell(XmlStream& stream, std::span<const XmlAttribute> attributes);
    void end_cell();
    void spoil(std::string reason);
    std::uint64_t shared_text() const;
    std::string value() const;
    std::string number_text() const;

    const Workbook& workbook_;
    std::function<bool(SheetRow&)> take_;
    SheetRow row_;
    std::uint64_t last_row_ = 0;
    std::size_t column_ = 0, next_column_ = 0;
    Kind kind_ = Kind::number;
    std::size_t format_ = 0;
    bool in_row_ = false, in_cell_ = false, in_value_ = false, has_value_ = false, has_formula_ = false;
    int pronounced_ = 0;
    std::string text_;
};

}  // namespace caseaudit::extract
