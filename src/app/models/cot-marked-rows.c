/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-marked-rows.h"

struct _CotMarkedRows
{
  GObject parent_instance;

  CotLog *log;
  CotBitset *ordinals; /* (nullable): to be made */
};

G_DEFINE_FINAL_TYPE (CotMarkedRows, cot_marked_rows, G_TYPE_OBJECT)

static void
on_changed (CotMarkedRows *self)
{
  g_clear_pointer (&self->ordinals, cot_bitset_unref);
  g_signal_emit_by_name (self, "changed");
}

/* A merge gains logs, and others take the place of some. */
static void
watch_parts (CotMarkedRows *self)
{
  for (guint i = 0; i < cot_log_get_n_parts (self->log); i++)
    {
      CotMarks *marks = cot_marks_of_log (cot_log_get_part (self->log, i));

      if (g_signal_handler_find (marks, G_SIGNAL_MATCH_FUNC | G_SIGNAL_MATCH_DATA, 0, 0, NULL,
                                 on_changed, self)
          == 0)
        g_signal_connect_object (marks, "changed", G_CALLBACK (on_changed), self,
                                 G_CONNECT_SWAPPED);
    }
}

/* Where entries stand changes in a merge alone: a log of its own only grows. */
static void
on_log_changed (CotMarkedRows *self)
{
  if (!COT_IS_MERGED_LOG (self->log))
    return;
  watch_parts (self);
  g_clear_pointer (&self->ordinals, cot_bitset_unref);
}

static void
cot_marked_rows_finalize (GObject *object)
{
  CotMarkedRows *self = COT_MARKED_ROWS (object);

  g_clear_pointer (&self->ordinals, cot_bitset_unref);
  g_clear_object (&self->log);
  G_OBJECT_CLASS (cot_marked_rows_parent_class)->finalize (object);
}

static void
cot_marked_rows_class_init (CotMarkedRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cot_marked_rows_finalize;
  g_signal_new ("changed", COT_TYPE_MARKED_ROWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
cot_marked_rows_init (CotMarkedRows *self)
{
}

CotMarkedRows *
cot_marked_rows_new (CotLog *log)
{
  CotMarkedRows *self = g_object_new (COT_TYPE_MARKED_ROWS, NULL);

  self->log = g_object_ref (log);
  watch_parts (self);
  g_signal_connect_object (log, "changed", G_CALLBACK (on_log_changed), self, G_CONNECT_SWAPPED);
  return self;
}

static void
add_part (CotMarkedRows *self, CotLog *part)
{
  CotBitset *marked = cot_marks_get_ordinals (cot_marks_of_log (part));
  guint64 ordinal, place;

  for (guint64 from = 0; cot_bitset_next (marked, from, &ordinal); from = ordinal + 1)
    if (cot_log_find_place (self->log, part, ordinal, &place))
      cot_bitset_add (self->ordinals, place);
}

CotBitset *
cot_marked_rows_get_ordinals (CotMarkedRows *self)
{
  if (self->ordinals != NULL)
    return self->ordinals;
  self->ordinals = cot_bitset_new ();
  for (guint i = 0; i < cot_log_get_n_parts (self->log); i++)
    add_part (self, cot_log_get_part (self->log, i));
  return self->ordinals;
}

const char *
cot_marked_rows_get_note (CotMarkedRows *self, guint64 ordinal)
{
  guint64 in_log;
  CotLog *part = cot_log_locate (self->log, ordinal, &in_log);

  return part != NULL ? cot_marks_get_note (cot_marks_of_log (part), in_log) : NULL;
}
