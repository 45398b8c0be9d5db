/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-view-private.h"

#include <glib/gi18n.h>

#include "cot-code-sentences.h"
#include "cot-popovers.h"

/* Enough to read; the details pane has the rest. */
#define MAX_TOOLTIP_LETTERS 600
#define MAX_TOOLTIP_CODES 5

static GMenuModel *
build_menu (CotLogView *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) copy = g_menu_new ();
  g_autoptr (GMenu) columns = g_menu_new ();

  g_menu_append (copy, _ ("_Copy"), "log.copy");
  g_menu_append (copy, _ ("Copy _Log Text"), "log.copy-message");
  g_menu_append (copy, _ ("Select _All"), "log.select-all");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copy));
  if (self->extra_menu != NULL)
    g_menu_append_section (menu, NULL, self->extra_menu);
  g_menu_append_submenu (columns, _ ("C_olumns"), cot_log_columns_get_menu (self->columns));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (columns));
  return G_MENU_MODEL (menu);
}

static void
menu_closed_cb (GtkPopover *menu, CotLogView *self)
{
  if (cot_popovers_has_kept_focus (menu))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
_cot_log_view_popup_menu (CotLogView *self, double x_px, double y_px)
{
  if (self->menu == NULL)
    {
      g_autoptr (GMenuModel) model = build_menu (self);

      self->menu = gtk_popover_menu_new_from_model (model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_popover_set_position (GTK_POPOVER (self->menu), GTK_POS_BOTTOM);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
      g_signal_connect (self->menu, "closed", G_CALLBACK (menu_closed_cb), self);
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle){ (int) x_px, (int) y_px, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
  /* One that is shown would lie above the menu. */
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
}

/* Where a menu that was asked for by key shall open: below the cursor's row. */
static gboolean
popup_menu_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  CotLogView *self = COT_LOG_VIEW (widget);
  CotLogRow *row;
  graphene_rect_t bounds;

  if (self->cursor < self->n_rows)
    cot_log_view_scroll_to (self, self->cursor, COT_LOG_ALIGN_NEAREST);
  row = _cot_log_view_find_row (self, self->cursor);
  if (row != NULL && gtk_widget_compute_bounds (GTK_WIDGET (row), widget, &bounds))
    _cot_log_view_popup_menu (self, self->layout.gutter_px,
                              bounds.origin.y + bounds.size.height);
  else
    _cot_log_view_popup_menu (self, self->layout.gutter_px, 0);
  return TRUE;
}

/* What the codes in a message mean, each in a line; (nullable). */
static char *
dup_codes (const CotRowText *text)
{
  g_autoptr (GPtrArray) codes
      = text->message != NULL ? cot_codes_find_in_log (text->message, text->log, text->component)
                              : NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; codes != NULL && i < codes->len; i++)
    {
      const CotCode *code = g_ptr_array_index (codes, i);
      g_autofree char *line = cot_code_sentence_dup (code);

      if (g_hash_table_size (seen) == MAX_TOOLTIP_CODES
          || !g_hash_table_add (seen, code->code_text))
        continue;
      g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", line);
    }
  return lines->len > 0 ? g_strdup (lines->str) : NULL;
}

static char *
dup_start (const char *whole)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (whole, -1) <= MAX_TOOLTIP_LETTERS)
    return g_strdup (whole);
  start = g_utf8_substring (whole, 0, MAX_TOOLTIP_LETTERS);
  return g_strconcat (start, "…", NULL);
}

/* (nullable): those that there are. */
static char *
join_paragraphs (const char *first, const char *second, const char *third)
{
  const char *parts[4] = { NULL };
  guint n = 0;

  if (first != NULL)
    parts[n++] = first;
  if (second != NULL)
    parts[n++] = second;
  if (third != NULL)
    parts[n++] = third;
  return n > 0 ? g_strjoinv ("\n\n", (char **) parts) : NULL;
}

/* The user's note, the whole text of a cell that is cut, what its codes mean, and what a time
 * means. */
static char *
dup_tooltip (CotLogView *self, CotLogRow *row, guint64 position, CotRowColumn column)
{
  const CotRowText *text = cot_log_row_get_text (row);
  g_autofree char *whole = NULL;
  g_autofree char *codes = NULL;

  if (text == NULL)
    return NULL;
  if (column == COT_ROW_COLUMN_TIME)
    {
      char *meaning = cot_row_model_dup_time_tooltip (self->model, position);

      if (meaning != NULL)
        return meaning;
    }
  if (cot_log_row_is_ellipsized (row, column))
    whole = dup_start (cot_row_text_get_column (text, column));
  if (column == COT_ROW_COLUMN_MESSAGE)
    codes = dup_codes (text);
  return join_paragraphs (column == COT_ROW_COLUMN_MESSAGE ? text->note : NULL, whole, codes);
}

/* In words, what the line above the row means. */
static void
add_gap (CotLogRow *row, char **tooltip)
{
  const CotRowText *text = cot_log_row_get_text (row);
  char *both;

  if (text == NULL || text->gap == NULL)
    return;
  /* Translators: "Above this entry: gap of 4 min 12 s" */
  both = g_strdup_printf (_ ("Above this entry: %s"), text->gap);
  if (*tooltip != NULL)
    {
      char *gap = both;

      both = g_strconcat (gap, "\n\n", *tooltip, NULL);
      g_free (gap);
    }
  g_free (*tooltip);
  *tooltip = both;
}

static gboolean
cot_log_view_query_tooltip (GtkWidget *widget,
                            int x,
                            int y,
                            gboolean by_keyboard,
                            GtkTooltip *tooltip)
{
  CotLogView *self = COT_LOG_VIEW (widget);
  guint64 position = by_keyboard ? self->cursor : _cot_log_view_position_at (self, y, FALSE);
  CotLogRow *row = _cot_log_view_find_row (self, position);
  const CotLogCell *cell;
  graphene_rect_t bounds;
  GdkRectangle area;
  g_autofree char *text = NULL;

  if (self->menu != NULL && gtk_widget_get_visible (self->menu))
    return FALSE;
  /* Who goes through the rows by keys wants to read them, not what rests below the pointer. */
  if (self->by_keys && !by_keyboard)
    return FALSE;
  if (row == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (row), widget, &bounds))
    return FALSE;
  cell = cot_log_row_pick_cell (row, x - bounds.origin.x, &area);
  if (by_keyboard || cell == NULL)
    text = dup_tooltip (self, row, position, COT_ROW_COLUMN_MESSAGE);
  else
    text = dup_tooltip (self, row, position, cell->column);
  add_gap (row, &text);
  if (text == NULL)
    return FALSE;
  if (cell != NULL)
    {
      area.x += (int) bounds.origin.x;
      area.y += (int) bounds.origin.y;
      gtk_tooltip_set_tip_area (tooltip, &area);
    }
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

void
_cot_log_view_menu_class_init (GtkWidgetClass *widget_class)
{
  widget_class->query_tooltip = cot_log_view_query_tooltip;

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, popup_menu_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, popup_menu_cb, NULL);
}

void
_cot_log_view_menu_init (CotLogView *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/* A section of the window between the copying and the columns; (nullable). */
void
cot_log_view_set_extra_menu (CotLogView *self, GMenuModel *menu)
{
  g_return_if_fail (COT_IS_LOG_VIEW (self));

  if (g_set_object (&self->extra_menu, menu))
    g_clear_pointer (&self->menu, gtk_widget_unparent);
}
