#include "dataset/dataset.h"

namespace caseaudit::dataset {

std::string json_schema() {
    return R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Caseaudit dataset",
  "type": "object",
  "additionalProperties": false,
  "required": ["id", "title", "version", "case", "tables"],
  "properties": {
    "id": {"type": "string", "minLength": 1, "description": "Name that rule packs refer to"},
    "title": {"type": "string", "minLength": 1},
    "version": {"type": ["string", "number"], "description": "Edition of the collection, for example 2025-26"},
    "source": {"type": "string", "description": "Where the definition comes from"},
    "case": {"type": "string", "minLength": 1, "description": "What a case is called, for example CHILD"},
    "calendar": {"type": "string", "description": "Name of a file in rules/calendars"},
    "date_formats": {"$ref": "#/$defs/formats"},
    "ignore_code_case": {"type": "boolean", "default": false, "description": "A code in small letters is the code"},
    "collection": {
      "type": "object",
      "additionalProperties": false,
      "required": ["start", "end"],
      "properties": {"start": {"$ref": "#/$defs/date"}, "end": {"$ref": "#/$defs/date"}}
    },
    "xml": {
      "type": "object",
      "additionalProperties": false,
      "required": ["case"],
      "properties": {
        "case": {"type": "string", "description": "Path from the root element to the one that holds a case: EXPSSDA903/CHILD"},
        "source": {"type": "string"},
        "fields": {"$ref": "#/$defs/elements"}
      }
    },
    "code_lists": {
      "type": "object",
      "additionalProperties": {
        "oneOf": [
          {"$ref": "#/$defs/codes"},
          {
            "type": "object",
            "additionalProperties": false,
            "required": ["codes"],
            "properties": {
              "source": {"type": "string"},
              "codes": {"oneOf": [{"$ref": "#/$defs/codes"}, {"$ref": "#/$defs/labelled_codes"}]}
            }
          }
        ]
      }
    },
    "tables": {
      "type": "object",
      "minProperties": 1,
      "propertyNames": {"$ref": "#/$defs/identifier"},
      "additionalProperties": {"$ref": "#/$defs/table"}
    }
  },
  "$defs": {
    "identifier": {"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"},
    "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "scalar": {"type": ["string", "number", "boolean"]},
    "codes": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/scalar"}},
    "labelled_codes": {
      "type": "object",
      "minProperties": 1,
      "additionalProperties": {"type": ["string", "number", "boolean", "null"]}
    },
    "names": {
      "oneOf": [
        {"$ref": "#/$defs/identifier"},
        {"type": "array", "items": {"$ref": "#/$defs/identifier"}}
      ]
    },
    "texts": {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
    "format": {"enum": ["dd/mm/yyyy", "yyyy-mm-dd", "yyyy-mm-ddThh:mm:ss"]},
    "formats": {
      "description": "Forms of dates besides ISO, which is always read",
      "oneOf": [{"$ref": "#/$defs/format"}, {"type": "array", "items": {"$ref": "#/$defs/format"}}]
    },
    "type": {"enum": ["text", "code", "date", "integer", "decimal", "boolean", "postcode"]},
    "field": {
      "oneOf": [
        {"type": "null", "description": "text"},
        {"enum": ["text", "date", "integer", "decimal", "boolean", "postcode"]},
        {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "type": {"$ref": "#/$defs/type"},
            "codes": {"type": "string", "description": "Name of a code list; makes the field a code"},
            "formats": {"$ref": "#/$defs/formats"},
            "sensitivity": {"enum": ["plain", "sensitive", "identifier"], "default": "sensitive"},
            "optional": {"type": "boolean", "default": false},
            "aliases": {"$ref": "#/$defs/texts"},
            "otherwise": {
              "description": "The value where the extract has no such column",
              "oneOf": [
                {"type": "string", "description": "An expression in the scope of a row"},
                {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["expression"],
                  "properties": {
                    "expression": {"type": "string"},
                    "optional": {"$ref": "#/$defs/texts", "description": "table or table.FIELD that may be absent"},
                    "parameters": {"$ref": "#/$defs/names", "description": "Parameters of the pack that must not be blank"}
                  }
                }
              ]
            },
            "description": {"type": "string"}
          }
        }
      ]
    },
    "derived": {
      "oneOf": [
        {"type": "string", "description": "An expression in the scope of a row"},
        {
          "type": "object",
          "additionalProperties": false,
          "required": ["expression"],
          "properties": {"expression": {"type": "string"}, "description": {"type": "string"}}
        }
      ]
    },
    "timeline_entry": {
      "type": "object",
      "additionalProperties": false,
      "required": ["kind", "date"],
      "properties": {
        "kind": {"type": "string", "minLength": 1, "description": "In people's words, for example Review"},
        "date": {"$ref": "#/$defs/identifier", "description": "Date field; the first day where there is an end"},
        "end": {"$ref": "#/$defs/identifier", "description": "Date field of the last day"},
        "show": {"$ref": "#/$defs/names", "description": "Fields told with it; none that identify a child"}
      }
    },
    "elements": {
      "type": "object",
      "description": "By field: names that its element goes by",
      "propertyNames": {"$ref": "#/$defs/identifier"},
      "additionalProperties": {"$ref": "#/$defs/texts"}
    },
    "table": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "source": {"type": "string", "description": "Of a reference table: who publishes it, and where"},
        "xml": {
          "oneOf": [
            {"type": "string", "description": "Name of the element that is a record"},
            {
              "type": "object",
              "additionalProperties": false,
              "required": ["element"],
              "properties": {
                "element": {"$ref": "#/$defs/texts"},
                "when": {"$ref": "#/$defs/texts", "description": "Elements one of which a record must have, or ELEMENT=value"},
                "optional": {"type": "boolean", "default": false, "description": "Without a record the extract lacks the table"},
                "fields": {"$ref": "#/$defs/elements"}
              }
            }
          ]
        },
        "label": {"type": "string", "description": "Name of the table in findings"},
        "description": {"type": "string"},
        "files": {"$ref": "#/$defs/texts", "description": "File names without extension; * and ? are wild"},
        "case_key": {
          "oneOf": [
            {"type": "string", "description": "Field that holds the case, or none"},
            {
              "type": "object",
              "additionalProperties": false,
              "required": ["field", "through"],
              "properties": {
                "field": {"$ref": "#/$defs/identifier"},
                "through": {"type": "string", "pattern": "^[^.]+\\.[^.]+$", "description": "table.field that leads to the case"}
              }
            }
          ]
        },
        "one_per_case": {"type": "boolean", "default": false},
        "reference": {"type": "boolean", "default": false},
        "lookup": {"$ref": "#/$defs/identifier"},
        "order": {"$ref": "#/$defs/names"},
        "identity": {"$ref": "#/$defs/names"},
        "timeline": {
          "description": "What the rows are on the timeline of their case, in reports",
          "oneOf": [
            {"$ref": "#/$defs/timeline_entry"},
            {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/timeline_entry"}}
          ]
        },
        "fields": {
          "type": "object",
          "minProperties": 1,
          "propertyNames": {"$ref": "#/$defs/identifier"},
          "additionalProperties": {"$ref": "#/$defs/field"}
        },
        "derived": {
          "type": "object",
          "propertyNames": {"$ref": "#/$defs/identifier"},
          "additionalProperties": {"$ref": "#/$defs/derived"}
        },
        "runs": {
          "type": "object",
          "additionalProperties": false,
          "required": ["of", "start", "end"],
          "properties": {
            "of": {"$ref": "#/$defs/identifier"},
            "start": {"$ref": "#/$defs/identifier"},
            "end": {"$ref": "#/$defs/identifier"},
            "with_prior": {"type": "boolean", "default": false},
            "first": {"$ref": "#/$defs/names"},
            "last": {"$ref": "#/$defs/names"}
          }
        }
      },
      "oneOf": [{"required": ["fields"]}, {"required": ["runs"]}]
    }
  }
}
)json";
}

}  // namespace caseaudit::dataset
