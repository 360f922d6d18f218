#include "extract/xml_stream.h"

#include <fmt/format.h>

#include <array>
#include <memory>
#include <vector>

#include "extract/libxml2.h"

namespace caseaudit::extract {
namespace {

// libxml2's own words may quote the document, so they are not used.
std::string reason_of(int code) {
    switch (code) {
        case XML_ERR_DOCUMENT_EMPTY:
            return "the file does not begin as XML";
        case XML_ERR_DOCUMENT_END:
        case XML_ERR_TAG_NOT_FINISHED:
        case XML_ERR_GT_REQUIRED:
        case XML_ERR_LTSLASH_REQUIRED:
        case XML_ERR_CDATA_NOT_FINISHED:
        case XML_ERR_COMMENT_NOT_FINISHED:
            return "an element, comment or tag is not closed: is the file cut off?";
        case XML_ERR_TAG_NAME_MISMATCH:
            return "an element is closed by the end tag of another";
        case XML_ERR_UNDECLARED_ENTITY:
        case XML_WAR_UNDECLARED_ENTITY:
        case XML_ERR_ENTITYREF_NO_NAME:
        case XML_ERR_ENTITYREF_SEMICOL_MISSING:
            return "'&' stands for something other than the five characters that XML names; write &amp; for "
                   "an ampersand";
        case XML_ERR_INVALID_CHAR:
        case XML_ERR_INVALID_CHARREF:
            return "a character that XML does not allow, or bytes that are not in the encoding of the file";
        case XML_ERR_INVALID_ENCODING:
        case XML_ERR_UNKNOWN_ENCODING:
        case XML_ERR_UNSUPPORTED_ENCODING:
        case XML_I18N_CONV_FAILED:
        case XML_I18N_NO_HANDLER:
            return "bytes that are not in the encoding that the file says it has";
        case XML_ERR_ATTRIBUTE_NOT_FINISHED:
        case XML_ERR_LT_IN_ATTRIBUTE:
        case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
        case XML_ERR_ATTRIBUTE_NOT_STARTED:
            return "an attribute whose value is not in quotes, or is not closed, or is too long";
        case XML_ERR_ATTRIBUTE_REDEFINED:
            return "an element has the same attribute twice";
        case XML_ERR_NAME_TOO_LONG:
            return "a name is too long";
        default:
            return fmt::format("it is not well-formed XML (libxml2's error {})", code);
    }
}

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

}  // namespace

// What libxml2 calls; no exception may pass through it.
struct XmlStream::Calls {
    template <class Body>
    static void guarded(void* self, Body body) noexcept {
        auto& stream = *static_cast<XmlStream*>(self);
        if (stream.stopped_) return;
        try {
            body(stream);
        } catch (...) {
            stream.thrown_ = std::current_exception();
            stream.stop();
        }
    }

    static void start(void* self, const xmlChar* name, const xmlChar*, const xmlChar*, int, const xmlChar**,
                      int count, int, const xmlChar** fields) {
        guarded(self, [&](XmlStream& stream) {
            if (++stream.depth_ > deepest)
                return stream.stop(fmt::format("elements nest deeper than {}", deepest));
            std::vector<XmlAttribute>& attributes = stream.attributes_;
            attributes.clear();
            // Five of each: local name, prefix, namespace, begin and end of the value.
            for (int i = 0; i < count; ++i) {
                const xmlChar** field = fields + i * 5;
                const auto* value = reinterpret_cast<const char*>(field[3]);
                attributes.push_back({view(field[0]),
                                      {value, static_cast<std::size_t>(field[4] - field[3])},
                                      field[2] != nullptr || field[1] != nullptr});
            }
            stream.handler_->start(stream, view(name), attributes);
        });
    }
    static void end(void* self, const xmlChar* name, const xmlChar*, const xmlChar*) {
        guarded(self, [&](XmlStream& stream) {
            --stream.depth_;
            stream.handler_->end(stream, view(name));
        });
    }
    static void text(void* self, const xmlChar* text, int length) {
        guarded(self, [&](XmlStream& stream) {
            stream.handler_->text(stream,
                                  {reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
        });
    }
    // A document type declaration: the door to entities and external files.
    static void doctype(void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
        guarded(self, [](XmlStream& stream) {
            stream.stop("it has a document type declaration (<!DOCTYPE), which is not accepted; take it out");
        });
    }
    static void error(void* self, xmlErrorPtr error) {
        guarded(self, [&](XmlStream& stream) {
            if (error->level < XML_ERR_FATAL || stream.trouble_ || stream.read_failed_) return;
            const int line = error->line > 0 ? error->line : static_cast<int>(stream.line());
            const int column = error->line > 0 ? error->int2 : static_cast<int>(stream.column());
            stream.trouble_ = {static_cast<std::uint64_t>(line),
                               static_cast<std::uint32_t>(std::max(column, 1)), reason_of(error->code)};
        });
    }
    static int read(void* self, char* buffer, int length) {
        auto& stream = *static_cast<XmlStream*>(self);
        if (stream.stopped_) return 0;
        std::ptrdiff_t got = -1;
        guarded(self, [&](XmlStream&) { got = (*stream.read_)({buffer, static_cast<std::size_t>(length)}); });
        if (got < 0) stream.read_failed_ = true;
        return static_cast<int>(got);
    }
    static int close(void*) { return 0; }

    static xmlSAXHandler handler() {
        xmlSAXHandler handler{};
        handler.initialized = XML_SAX2_MAGIC;
        handler.startElementNs = start;
        handler.endElementNs = end;
        handler.characters = text;
        handler.ignorableWhitespace = text;
        handler.cdataBlock = text;
        handler.internalSubset = doctype;
        handler.serror = error;
        return handler;
    }
};

std::optional<XmlTrouble> XmlStream::parse(const Read& read, XmlHandler& handler) {
    if (const auto missing = platform::why_missing<LibXml2>())
        return XmlTrouble{0, 0, fmt::format("{}; {}", missing->message, missing->hint)};
    static const bool ready = [] {
        libxml().init_parser();
        return true;
    }();
    static_cast<void>(ready);
    handler_ = &handler;
    read_ = &read;
    xmlSAXHandler calls = Calls::handler();
    const std::unique_ptr<xmlParserCtxt, void (*)(xmlParserCtxtPtr)> context(
        libxml().create_context(&calls, this, Calls::read, Calls::close, this, XML_CHAR_ENCODING_NONE),
        libxml().free_context);
    if (!context) return XmlTrouble{0, 0, "the file does not begin as XML"};
    context_ = context.get();
    // Without XML_PARSE_HUGE: names, attributes and what is looked ahead at stay below 10 MB.
    libxml().use_options(context.get(), XML_PARSE_NONET);
    libxml().parse_document(context.get());
    context_ = nullptr;
    if (thrown_) std::rethrow_exception(thrown_);
    if (read_failed_ && !trouble_) trouble_ = XmlTrouble{0, 0, "the file could not be read to its end"};
    return trouble_;
}

std::uint64_t XmlStream::line() const {
    const auto* context = static_cast<const xmlParserCtxt*>(context_);
    if (context == nullptr || context->input == nullptr) return 0;
    return static_cast<std::uint64_t>(std::max(context->input->line, 1));
}

std::uint32_t XmlStream::column() const {
    const auto* context = static_cast<const xmlParserCtxt*>(context_);
    if (context == nullptr || context->input == nullptr) return 0;
    return static_cast<std::uint32_t>(std::max(context->input->col, 1));
}

std::string XmlStream::encoding() const {
    const auto* context = static_cast<const xmlParserCtxt*>(context_);
    if (context == nullptr) return "UTF-8";
    if (context->input != nullptr && context->input->buf != nullptr &&
        context->input->buf->encoder != nullptr && context->input->buf->encoder->name != nullptr)
        return context->input->buf->encoder->name;
    return "UTF-8";
}

void XmlStream::stop(std::string reason) {
    if (stopped_) return;
    stopped_ = true;
    if (!reason.empty() && !trouble_) trouble_ = XmlTrouble{line(), column(), std::move(reason)};
    if (context_ != nullptr) libxml().stop_parser(static_cast<xmlParserCtxt*>(context_));
}

}  // namespace caseaudit::extract
