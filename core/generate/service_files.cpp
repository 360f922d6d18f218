#include "generate/service_files.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

namespace caseaudit::generate::service {
void Piece::add(const Rows& added) {
    for (std::size_t table = 0; table < table_count; ++table) {
        added.append_to(static_cast<Table>(table), text[table]);
        rows[table] += added.count(static_cast<Table>(table));
    }
}

Result<ServiceFiles> ServiceFiles::create(const std::string& folder, const std::string& answers_head) {
    ServiceFiles files;
    std::error_code error;
    const std::filesystem::path below = std::filesystem::path(folder) / "current";
    std::filesystem::create_directories(below, error);
    if (error) return cannot_write(below.string(), error.message());
    for (std::size_t table = 0; table < table_count; ++table) {
        const TableShape& form = shape(static_cast<Table>(table));
        OutputFile& output = files.tables_[table];
        if (!output.open((below / fmt::format("{}.csv", form.name)).string()) ||
            !output.put(fmt::format("{}\n", form.header)))
            return cannot_write(output.path);
    }
    if (!files.answers_.open((std::filesystem::path(folder) / "answers.json").string()) ||
        !files.answers_.put(answers_head))
        return cannot_write(files.answers_.path);
    return files;
}

bool ServiceFiles::write_answers(const Piece& piece) {
    std::string text;
    for (const Piece::Planted& planted : piece.planted) {
        const Answer& answer = planted.answer;
        const std::string child = planted.child ? fmt::format("\"P{}\"", planted.child) : "null";
        text += fmt::format(
            R"({}{{"pack": "iro", "rule": "{}", "case": {}, "table": "{}", "extract": "current", "file": "{}.csv", "row": {}}})",
            any_answer_ ? ",\n  " : "\n  ", answer.rule, child, shape(answer.table).name,
            shape(answer.table).name, tables_[static_cast<std::size_t>(answer.table)].rows + answer.row + 1);
        any_answer_ = true;
    }
    return answers_.put(text);
}

bool ServiceFiles::write(const Piece& piece) {
    if (!failed_.empty()) return false;
    if (!write_answers(piece)) {
        failed_ = answers_.path;
        return false;
    }
    for (std::size_t table = 0; table < table_count; ++table) {
        tables_[table].rows += piece.rows[table];
        rows_ += piece.rows[table];
        if (!tables_[table].put(piece.text[table])) {
            failed_ = tables_[table].path;
            return false;
        }
    }
    return true;
}

Result<std::uint64_t> ServiceFiles::finish() {
    if (failed_.empty() && !answers_.put(any_answer_ ? "\n]}\n" : "]}\n")) failed_ = answers_.path;
    std::uint64_t bytes = 0;
    for (OutputFile& output : tables_) {
        bytes += output.bytes;
        if (!output.close() && failed_.empty()) failed_ = output.path;
    }
    if (!answers_.close() && failed_.empty()) failed_ = answers_.path;
    if (!failed_.empty()) return cannot_write(failed_);
    return bytes;
}

}  // namespace caseaudit::generate::service
