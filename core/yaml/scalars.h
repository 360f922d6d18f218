// Reads the scalars of YAML: plain, quoted and block. Private to yaml/.
#pragma once
#include "yaml/cursor.h"
#include "yaml/document.h"
#include "yaml/reporter.h"

namespace caseaudit::yaml {

// Where a plain scalar ends on its line, trailing blanks left out: at a line end, a comment, ": ", and in
// flow collections at one of ,[]{} too.
struct PlainEnd {
    const char* end;   // behind the last character
    const char* stop;  // the character that ended it
};
PlainEnd plain_end(const Cursor& from, bool in_flow);

// Each reads from the cursor into out.text, leaves the cursor behind the scalar, and returns false after
// reporting. Lines that continue a scalar are indented more than `parent` (a column, -1 for none).
class Scalars {
  public:
    Scalars(Cursor& cursor, Reporter& reporter) : cursor_(cursor), reporter_(reporter) {}
    bool plain(int parent, bool in_flow, Node& out);
    bool quoted(int parent, Node& out);
    bool block(int parent, Node& out);

  private:
    struct Header {
        bool folded = false;
        char chomping = ' ';  // '-' strip, '+' keep, else one line end
        int indent = 0;       // of the content, relative to the parent; 0: that of its first line
    };

    bool escape(std::string& out);
    bool code_point(std::size_t digits, std::string& out);
    bool fold_quoted_lines(int parent, const Cursor& opened, std::string& out);
    bool skip_line_ends(int parent, const Cursor& opened, std::size_t& count);
    bool read_header(Header& header);
    int content_indent(int parent) const;

    Cursor& cursor_;
    Reporter& reporter_;
};

}  // namespace caseaudit::yaml
