/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-reports.h"

#include <string.h>

#include "cot-markup-private.h"
#include "cot-report-rows-private.h"

/* What stands in a page beyond these bounds starts another row, or is left out of headings. */
#define MAX_CELL_BYTES (256u * 1024)
#define MAX_CELLS 256u
#define MAX_ENTITY_BYTES 10u

typedef struct
{
  CotReportRows *rows;
  const char *at;
  const char *end;
  GString *text; /* since the last thing that ended one; line ends are those of the page's look */
  gsize line_start; /* of its last line */
  GString *section;
  GPtrArray *headings; /* char* */
  GPtrArray *cells;    /* char* */
  gboolean in_cell;
  gboolean in_heading; /* a cell that names its column */
  gboolean in_title;   /* of a section */
} Reader;

typedef struct
{
  CotSpan name;
  gboolean is_end;
  CotSpan attributes;
} Tag;

static gboolean
is_any (CotSpan name, const char *const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (cot_markup_is_named (name, names[i]))
      return TRUE;
  return FALSE;
}

/* A character by its name or number; anything else stays as it is written. */
static gsize
append_entity (GString *into, const char *at, const char *end)
{
  static const struct
  {
    const char *name;
    const char *text;
  } entities[] = { { "amp;", "&" },   { "lt;", "<" },   { "gt;", ">" },
                   { "quot;", "\"" }, { "apos;", "'" }, { "nbsp;", " " } };
  const char *stop = memchr (at, ';', MIN ((gsize) (end - at), (gsize) MAX_ENTITY_BYTES));
  gboolean is_hex;
  g_autofree char *digits = NULL;
  guint64 number = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (entities); i++)
    if ((gsize) (end - at) > strlen (entities[i].name)
        && memcmp (at + 1, entities[i].name, strlen (entities[i].name)) == 0)
      {
        g_string_append (into, entities[i].text);
        return 1 + strlen (entities[i].name);
      }
  if (stop != NULL && stop - at > 2 && at[1] == '#')
    {
      is_hex = at[2] == 'x' || at[2] == 'X';
      digits = g_strndup (at + (is_hex ? 3 : 2), (gsize) (stop - at) - (is_hex ? 3 : 2));
      if (g_ascii_string_to_unsigned (digits, is_hex ? 16 : 10, 1, 0x10ffff, &number, NULL)
          && g_unichar_validate ((gunichar) number))
        {
          g_string_append_unichar (into, (gunichar) number);
          return (gsize) (stop - at) + 1;
        }
    }
  g_string_append_c (into, '&');
  return 1;
}

/* Blanks of the source are one space, as on the page. */
static void
append_text (Reader *self, const char *at, const char *end)
{
  GString *text = self->text;

  while (at < end)
    if (g_ascii_isspace (*at))
      {
        if (text->len > self->line_start && text->str[text->len - 1] != ' ')
          g_string_append_c (text, ' ');
        at++;
      }
    else if (*at == '&')
      at += append_entity (text, at, end);
    else
      g_string_append_c (text, *at++);
}

static void
break_line (Reader *self)
{
  GString *text = self->text;

  if (text->len > self->line_start && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, '\n');
  self->line_start = text->len;
}

/* (transfer full): the text since the last call. */
static char *
take_text (Reader *self)
{
  GString *text = self->text;
  char *taken;

  while (text->len > 0 && g_ascii_isspace (text->str[text->len - 1]))
    g_string_truncate (text, text->len - 1);
  taken = g_strndup (text->str, text->len);
  g_string_truncate (text, 0);
  self->line_start = 0;
  return taken;
}

static void
add_row (Reader *self, const char *message)
{
  g_autofree char *visible = g_strdup (message);

  if (*visible == '\0')
    return;
  cot_markup_hide_secrets (visible);
  cot_report_rows_add (self->rows, COT_SEVERITY_INFO, cot_report_span (self->section),
                       (CotSpan){ "", 0 }, (CotSpan){ visible, strlen (visible) });
}

/* Text that stands in no table. */
static void
end_paragraph (Reader *self)
{
  g_autofree char *text = take_text (self);

  if (self->in_title && *text != '\0')
    g_string_assign (self->section, text);
  else
    add_row (self, text);
  self->in_title = FALSE;
}

static void
end_cell (Reader *self)
{
  g_autofree char *text = NULL;

  if (!self->in_cell)
    return;
  self->in_cell = FALSE;
  text = take_text (self);
  if (self->in_heading && self->cells->len == 0 && self->headings->len < MAX_CELLS)
    g_ptr_array_add (self->headings, g_steal_pointer (&text));
  else if (self->cells->len < MAX_CELLS)
    g_ptr_array_add (self->cells, g_steal_pointer (&text));
  else
    add_row (self, text);
}

/* "name: value" of two columns; of more of them each with the heading of its column. */
static void
end_table_row (Reader *self)
{
  g_autoptr (GString) message = g_string_new (NULL);
  GPtrArray *cells = self->cells;

  end_cell (self);
  for (guint i = 0; i < cells->len; i++)
    {
      const char *heading = i < self->headings->len ? self->headings->pdata[i] : "";

      if (cells->len == 2)
        g_string_append (message, i == 0                                   ? ""
                                  : strchr (cells->pdata[1], '\n') != NULL ? ":\n"
                                                                           : ": ");
      else if (i > 0)
        g_string_append_c (message, '\n');
      if (cells->len > 2 && *heading != '\0')
        g_string_append_printf (message, "%s: ", heading);
      g_string_append (message, cells->pdata[i]);
    }
  g_ptr_array_set_size (cells, 0);
  add_row (self, message->str);
}

static void
start_table_part (Reader *self, const Tag *tag)
{
  if (cot_markup_is_named (tag->name, "table"))
    {
      end_table_row (self);
      end_paragraph (self);
      g_ptr_array_set_size (self->headings, 0);
    }
  else if (cot_markup_is_named (tag->name, "tr"))
    {
      end_table_row (self);
      end_paragraph (self);
    }
  else
    {
      end_cell (self);
      end_paragraph (self);
      self->in_cell = TRUE;
      self->in_heading = cot_markup_is_named (tag->name, "th");
    }
}

static void
end_table_part (Reader *self, const Tag *tag)
{
  if (cot_markup_is_named (tag->name, "td") || cot_markup_is_named (tag->name, "th"))
    end_cell (self);
  else
    end_table_row (self);
}

static gboolean
has_class_of_title (CotSpan attributes)
{
  static const char class_name[] = "\"SectionTitle\"";

  return memmem (attributes.data, attributes.length_bytes, class_name, strlen (class_name)) != NULL;
}

static void
read_tag (Reader *self, const Tag *tag)
{
  static const char *const table_parts[] = { "table", "tr", "td", "th", NULL };
  static const char *const titles[] = { "h1", "h2", "h3", "h4", NULL };
  static const char *const blocks[] = { "div",  "p",    "section", "header", "li", "ul",
                                        "body", "main", "html",    "h5",     "h6", NULL };

  if (is_any (tag->name, table_parts))
    {
      if (tag->is_end)
        end_table_part (self, tag);
      else
        start_table_part (self, tag);
      return;
    }
  if (cot_markup_is_named (tag->name, "br")
      || (self->in_cell && (is_any (tag->name, blocks) || is_any (tag->name, titles))))
    break_line (self);
  else if (is_any (tag->name, blocks) || is_any (tag->name, titles))
    {
      end_paragraph (self);
      self->in_title =
          !tag->is_end && (is_any (tag->name, titles) || has_class_of_title (tag->attributes));
    }
}

/* Behind the end of a tag; a ">" in quotes is none. */
static const char *
find_tag_end (const char *at, const char *end)
{
  char quote = '\0';

  for (; at < end; at++)
    if (quote != '\0')
      quote = *at == quote ? '\0' : quote;
    else if (*at == '"' || *at == '\'')
      quote = *at;
    else if (*at == '>')
      return at + 1;
  return NULL;
}

/* What is no text of the page: behind the end of the element, or all of the rest. */
static const char *
skip_element (const Reader *self, const char *at, CotSpan name)
{
  for (; (at = memchr (at, '<', (gsize) (self->end - at))) != NULL; at++)
    if ((gsize) (self->end - at) > name.length_bytes + 2 && at[1] == '/'
        && g_ascii_strncasecmp (at + 2, name.data, name.length_bytes) == 0)
      {
        const char *behind = memchr (at, '>', (gsize) (self->end - at));

        return behind != NULL ? behind + 1 : self->end;
      }
  return self->end;
}

/* At a "<": takes what it begins. */
static void
read_markup (Reader *self)
{
  static const char *const skipped[] = { "script", "style", "title", "button", NULL };
  const char *at = self->at;
  const char *end = self->end;
  const char *behind;
  Tag tag = { { at + 1, 0 }, FALSE, { at, 0 } };

  if (end - at >= 4 && memcmp (at, "<!--", 4) == 0)
    {
      behind = memmem (at + 4, (gsize) (end - at) - 4, "-->", 3);
      self->at = behind != NULL ? behind + 3 : end;
      return;
    }
  if (end - at < 2 || (!g_ascii_isalpha (at[1]) && strchr ("/!?", at[1]) == NULL))
    {
      g_string_append_c (self->text, '<');
      self->at++;
      return;
    }
  behind = find_tag_end (at + 1, end);
  /* Quotes that are never closed: the tag ends at the next ">", or is the rest of the page. */
  if (behind == NULL)
    behind = memchr (at, '>', (gsize) (end - at));
  else
    behind--;
  self->at = behind != NULL ? behind + 1 : end;
  if (behind == NULL)
    behind = end;
  tag.is_end = at[1] == '/';
  tag.name.data = at + (tag.is_end ? 2 : 1);
  while (tag.name.data + tag.name.length_bytes < behind
         && g_ascii_isalnum (tag.name.data[tag.name.length_bytes]))
    tag.name.length_bytes++;
  tag.attributes = (CotSpan){ tag.name.data, (gsize) (behind - tag.name.data) };
  if (!tag.is_end && is_any (tag.name, skipped))
    self->at = skip_element (self, self->at, tag.name);
  else
    read_tag (self, &tag);
}

static void
read_page (Reader *self)
{
  while (self->at < self->end && !cot_report_rows_is_done (self->rows))
    {
      const char *stop = memchr (self->at, '<', (gsize) (self->end - self->at));

      if (stop == NULL)
        stop = self->end;
      append_text (self, self->at, stop);
      self->at = stop;
      if (self->text->len > MAX_CELL_BYTES)
        end_paragraph (self);
      if (self->at < self->end)
        read_markup (self);
    }
  end_table_row (self);
  end_paragraph (self);
}

static gboolean
convert (CotSource *from, CotSpool *into, GCancellable *cancellable, GError **error)
{
  static const char sentence[] = "The report is longer; the rest is left out.";
  gboolean is_cut = FALSE;
  g_autoptr (GString) page = cot_report_read (from, &is_cut, cancellable, error);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) section = g_string_new (NULL);
  g_autoptr (GPtrArray) headings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  CotReportRows rows;
  Reader reader = {
    .rows = &rows, .text = text, .section = section, .headings = headings, .cells = cells
  };

  if (page == NULL)
    return FALSE;
  cot_report_rows_init (&rows, into, page->len, cancellable);
  reader.at = page->str;
  reader.end = page->str + page->len;
  read_page (&reader);
  if (is_cut)
    cot_report_rows_add (&rows, COT_SEVERITY_WARNING, (CotSpan){ "", 0 }, (CotSpan){ "", 0 },
                         (CotSpan){ sentence, strlen (sentence) });
  return cot_report_rows_finish (&rows, error);
}

static gboolean
claims (const char *head, gsize length_bytes)
{
  static const char title[] = "<title>MDM Diagnostic Report";

  return cot_markup_is_named (cot_markup_find_root (head, length_bytes), "html")
         && memmem (head, length_bytes, title, strlen (title)) != NULL;
}

const CotConversion cot_conversion_mdm_html = {
  .format = {
    .id = "mdm-report",
    .name = "MDM diagnostic report",
    .bid = cot_rows_bid,
    .next_record = cot_rows_next_record,
    .parse_entry = cot_rows_parse_entry,
  },
  .claims = claims,
  .convert = convert,
};
