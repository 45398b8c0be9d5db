/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a log is read where somebody wants it otherwise than its content says. */

#include "cot-log-private.h"

#include "cot-index.h"

void
cot_log_apply_read_as (CotLog *self)
{
  cot_document_set_format (self->document, self->read_as.format_id);
  cot_document_set_encoding (self->document, self->read_as.encoding_id);
  cot_document_set_clock (self->document, self->read_as.clock_usec);
}

/**
 * cot_log_set_read_as:
 * @self: a log that is not loaded yet
 * @read_as: how to read it; no format's id: as its content says
 *
 * Main thread.
 */
void
cot_log_set_read_as (CotLog *self, const CotReadAs *read_as)
{
  const CotFormat *format = cot_index_find_choice (read_as->format_id);

  self->read_as = *read_as;
  self->read_as.format_id = format != NULL ? format->id : NULL;
  self->read_as.encoding_id = cot_log_find_encoding (read_as->encoding_id);
  cot_log_apply_read_as (self);
}

/**
 * cot_log_get_read_as:
 * @self: a log
 *
 * Returns: (transfer none): how it is read
 */
const CotReadAs *
cot_log_get_read_as (CotLog *self)
{
  return &self->read_as;
}

/**
 * cot_log_get_chosen_format:
 * @self: a log
 *
 * Returns: (transfer none) (nullable): the id of the format that was chosen for it; %NULL where its
 *   content says how it is read
 */
const char *
cot_log_get_chosen_format (CotLog *self)
{
  return self->read_as.format_id;
}

/**
 * cot_log_get_n_formats:
 *
 * Returns: how many formats a log can be read as
 */
guint
cot_log_get_n_formats (void)
{
  guint n = 0;

  while (cot_index_get_nth_choice (n) != NULL)
    n++;
  return n;
}

/**
 * cot_log_get_nth_format:
 * @index: below cot_log_get_n_formats()
 * @name: (out) (transfer none): its name, for people
 *
 * Returns: (transfer none): its id
 */
const char *
cot_log_get_nth_format (guint index, const char **name)
{
  const CotFormat *format = cot_index_get_nth_choice (index);

  *name = format->name;
  return format->id;
}

/**
 * cot_log_get_encoding_name:
 * @self: a log
 *
 * Returns: (transfer none): the name of its encoding for people
 */
const char *
cot_log_get_encoding_name (CotLog *self)
{
  return cot_encoding_get_name (cot_document_get_encoding (self->document));
}

/**
 * cot_log_get_nth_encoding:
 * @index: from 0
 * @name: (out) (optional) (transfer none): its name, for people
 *
 * Returns: (transfer none) (nullable): the id of an encoding that a log can be read in; %NULL
 *   beyond the last one
 */
const char *
cot_log_get_nth_encoding (guint index, const char **name)
{
  static const CotEncoding choices[] = {
    COT_ENCODING_UTF8,        COT_ENCODING_WINDOWS_1252, COT_ENCODING_WINDOWS_1250,
    COT_ENCODING_WINDOWS_1251, COT_ENCODING_WINDOWS_932, COT_ENCODING_WINDOWS_936,
    COT_ENCODING_WINDOWS_949, COT_ENCODING_WINDOWS_950,
  };

  if (index >= G_N_ELEMENTS (choices))
    return NULL;
  if (name != NULL)
    *name = cot_encoding_get_name (choices[index]);
  return cot_encoding_to_string (choices[index]);
}

/**
 * cot_log_find_encoding:
 * @id: (nullable): the id of an encoding
 *
 * Returns: (transfer none) (nullable): the same, where a log can be read in it
 */
const char *
cot_log_find_encoding (const char *id)
{
  const char *known;

  for (guint i = 0; (known = cot_log_get_nth_encoding (i, NULL)) != NULL; i++)
    if (g_strcmp0 (known, id) == 0)
      return known;
  return NULL;
}
