#include "generate/return_files.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

namespace caseaudit::generate {
void append(Piece::Extract& extract, const Rows& rows) {
    for (std::size_t table = 0; table < table_count; ++table) {
        const int columns = shape(static_cast<Table>(table)).columns;
        std::string& text = extract.text[table];
        extract.rows[table] += rows.tables[table].size();
        for (const Record& record : rows.tables[table]) {
            for (int column = 0; column < columns; ++column) {
                text += record[column].text();
                text += column + 1 < columns ? ',' : '\n';
            }
        }
    }
}

Result<ReturnFiles> ReturnFiles::create(const std::string& folder, const std::string& answers_head) {
    ReturnFiles files;
    for (const auto& [name, outputs] :
         {std::pair{"current", &files.current_}, std::pair{"prior", &files.prior_}}) {
        std::error_code error;
        const std::filesystem::path below = std::filesystem::path(folder) / name;
        std::filesystem::create_directories(below, error);
        if (error) return cannot_write(below.string(), error.message());
        for (std::size_t table = 0; table < table_count; ++table) {
            const TableShape& form = shape(static_cast<Table>(table));
            OutputFile& output = (*outputs)[table];
            if (!output.open((below / fmt::format("{}.csv", form.name)).string()) ||
                !output.put(fmt::format("{}\n", form.header)))
                return cannot_write(output.path);
        }
    }
    const std::string answers = (std::filesystem::path(folder) / "answers.json").string();
    if (!files.answers_.open(answers) || !files.answers_.put(answers_head)) return cannot_write(answers);
    return files;
}

bool ReturnFiles::write(OutputFile& output, const std::string& text, std::uint64_t rows) {
    output.rows += rows;
    rows_ += rows;
    if (output.put(text)) return true;
    failed_ = output.path;
    return false;
}

bool ReturnFiles::write_answers(const Piece& piece) {
    std::string text;
    for (const Piece::Planted& planted : piece.planted) {
        const Answer& answer = planted.answer;
        const TableShape& form = shape(answer.table);
        text += fmt::format(
            R"({}{{"pack": "{}", "rule": "{}", "case": "{}", "table": "{}", "extract": "current", "file": "{}.csv", "row": {}}})",
            any_answer_ ? ",\n  " : "\n  ", answer.pack, answer.rule, planted.child.text(), form.label,
            form.name, current_[static_cast<std::size_t>(answer.table)].rows + answer.row + 1);
        any_answer_ = true;
    }
    return write(answers_, text, 0);
}

bool ReturnFiles::write(const Piece& piece) {
    if (!failed_.empty() || !write_answers(piece)) return false;
    for (std::size_t table = 0; table < table_count; ++table)
        if (!write(current_[table], piece.current.text[table], piece.current.rows[table]) ||
            !write(prior_[table], piece.prior.text[table], piece.prior.rows[table]))
            return false;
    return true;
}

Result<std::uint64_t> ReturnFiles::finish() {
    if (failed_.empty() && !answers_.put(any_answer_ ? "\n]}\n" : "]}\n")) failed_ = answers_.path;
    std::uint64_t bytes = 0;
    for (std::array<OutputFile, table_count>* outputs : {&current_, &prior_}) {
        for (OutputFile& output : *outputs) {
            bytes += output.bytes;
            if (!output.close() && failed_.empty()) failed_ = output.path;
        }
    }
    if (!answers_.close() && failed_.empty()) failed_ = answers_.path;
    if (!failed_.empty()) return cannot_write(failed_);
    return bytes;
}

Result<std::uint64_t> write_file(const std::string& path, const std::string& text) {
    std::error_code error;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
    if (error) return cannot_write(path, error.message());
    OutputFile file;
    if (!file.open(path)) return cannot_write(path);
    const bool written = file.put(text);
    if (!file.close() || !written) return cannot_write(path);
    return text.size();
}

}  // namespace caseaudit::generate
