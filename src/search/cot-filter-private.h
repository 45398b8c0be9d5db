/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-bitset.h"
#include "cot-filter.h"
#include "cot-filter-span.h"

G_BEGIN_DECLS

typedef enum
{
  COT_FIELD_TEXT,
  COT_FIELD_COMPONENT,
  COT_FIELD_CONTEXT,
  COT_FIELD_ORIGIN,
  COT_FIELD_THREAD,
  COT_FIELD_SEVERITY,
  COT_FIELD_TYPE,
  COT_FIELD_TIME,
  COT_FIELD_LINE,
  COT_FIELD_FORMAT,
  COT_FIELD_FINDING,
  COT_FIELD_LOG,
} CotFilterField;

#define COT_N_FIELDS 12

/* In the place of a title: the entry is evidence of some finding. */
#define COT_FILTER_ANY_FINDING "any"

typedef enum
{
  COT_OPERATOR_EQUAL,
  COT_OPERATOR_MATCHES,
  COT_OPERATOR_CONTAINS,
  COT_OPERATOR_LESS,
  COT_OPERATOR_LESS_EQUAL,
  COT_OPERATOR_GREATER,
  COT_OPERATOR_GREATER_EQUAL,
} CotFilterOperator;

/* What a test compares with. A time is a span, because "12:34" is a whole minute. */
typedef struct
{
  CotFilterField field;
  CotFilterOperator operator;
  gboolean negated; /* "!=", "!~", "!:" */
  char *value;
  CotPattern *pattern; /* of MATCHES and CONTAINS */
  gboolean is_ascii; /* of CONTAINS: bytes can be compared in any encoding */
  CotPattern *required; /* (nullable) ASCII that stands wherever @pattern matches */
  gboolean is_number; /* the value is one */
  guint64 number; /* also the severity */
  CotFilterSpan span; /* of a time */
} CotFilterTest;

typedef enum
{
  COT_NODE_TEST,
  COT_NODE_NOT,
  COT_NODE_AND,
  COT_NODE_OR,
} CotFilterNodeKind;

/* The expression as a tree in an array: children stand before their parents. */
typedef struct
{
  CotFilterNodeKind kind;
  guint left; /* index of a node; of the test where the node is one */
  guint right;
} CotFilterNode;

struct _CotFilter
{
  gatomicrefcount ref_count;
  GArray *nodes; /* (element-type CotFilterNode) the last one is the root */
  GArray *tests; /* (element-type CotFilterTest) */
  guint fields; /* bit n: some test asks for field n */
  gboolean asks_for_zones; /* some time of a test is by the clock of a zone */
  gboolean finds; /* what cannot be judged is left out, not shown */
};

void cot_filter_test_clear (gpointer data);

/* Takes over the pattern, which may be one of any kind. */
void cot_filter_test_set_pattern (CotFilterTest *self, CotPattern *pattern);

/* Reads @value for the field and operator that @self has. The error's message says what is wrong
 * without an offset, but for a pattern's. */
gboolean cot_filter_test_set_value (CotFilterTest *self, const char *value, GError **error);

/* NULL where @name is no field. */
const char *cot_filter_field_get_name (CotFilterField field);
gboolean cot_filter_field_from_name (const char *name, gsize length_bytes, CotFilterField *field);
gboolean cot_filter_field_has_operator (CotFilterField field, CotFilterOperator operator);

/* What is known about an entry. */
typedef struct
{
  CotFilter *filter;
  CotPatternScratch *scratch;
  CotSnapshot *snapshot; /* (nullable) */
  const char *log_label; /* (nullable) */
  CotBitset **evidence; /* (nullable) of each test that asks for findings */
  guint64 ordinal; /* only where there is @evidence or a @snapshot */
  guint8 **verdicts; /* (nullable) of each test, for each id of an interned string */
  const CotEntryColumns *columns;
  CotSpan record; /* without data: not read */
  const CotEntry *entry; /* (nullable) not parsed yet */
  gboolean severity_only; /* nothing else is known */
  gboolean lacks_zones; /* no entry of @snapshot says one */
  guint64 zone_ordinal; /* the entry that was asked last for its zone; G_MAXUINT64: none */
  gint16 zone_bias_minutes; /* its zone: that of the last one before it that says one */
  GString *decoded; /* (nullable) room for text in another encoding */
} CotFilterContext;

typedef enum
{
  COT_VERDICT_UNKNOWN, /* cannot be said yet, or a pattern gave up */
  COT_VERDICT_NO,
  COT_VERDICT_YES,
} CotFilterVerdict;

CotFilterVerdict cot_filter_judge_expression (CotFilterContext *context);
CotFilterVerdict cot_filter_judge_test (CotFilterContext *context, guint test_index);

/* Verdicts in an order in which "and" is the least of two, "or" the greatest, and "not" mirrors. */
typedef enum
{
  COT_RANK_NO,
  COT_RANK_UNKNOWN,
  COT_RANK_YES,
} CotFilterRank;

#define COT_FILTER_SLAB_ENTRIES 4096

typedef struct _CotFilterSlab CotFilterSlab;

CotFilterSlab *cot_filter_slab_new (CotFilterContext *context);
void cot_filter_slab_free (CotFilterSlab *self);
const guint8 *cot_filter_slab_rank (CotFilterSlab *self, guint64 first, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotFilterSlab, cot_filter_slab_free)

/* How long one pattern may take on one entry. */
#define COT_FILTER_BUDGET_USEC 50000

CotBitset *cot_filter_findings_collect (CotFilterFindings *self, const CotFilterTest *test,
                                        CotPatternScratch *scratch);

/* Fills nodes and tests of an empty filter. */
gboolean cot_filter_parse (CotFilter *self, const char *expression, GError **error);

G_END_DECLS
