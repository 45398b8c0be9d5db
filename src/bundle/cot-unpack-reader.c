/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-unpack-reader.h"

#include <gio/gio.h>
#include <string.h>

#include "cot-bundle.h"

/* Years 1601 to 9999, in microseconds since 1970 */
#define MIN_TIME_USEC (G_GINT64_CONSTANT (-11644473600) * G_USEC_PER_SEC)
#define MAX_TIME_USEC (G_GINT64_CONSTANT (253402300800) * G_USEC_PER_SEC)

struct _CotUnpackReader
{
  const CotUnpackReaderFunctions *functions;
  gpointer data;
  CotUnpackReaderState state;
  CotUnpackStatus status;

  /* the frame that is being gathered */
  guint8 header_bytes[COT_UNPACK_HEADER_BYTES];
  gsize n_header_bytes;
  CotUnpackHeader header;
  GByteArray *payload;

  /* the answer so far */
  guint n_entries;
  guint64 labels_bytes;
  guint64 n_bytes;
  guint64 max_bytes;
};

/**
 * cot_unpack_reader_new:
 * @functions: what to call; must outlive the reader
 * @data: handed to the functions
 *
 * Returns: (transfer full): a reader that waits for the worker's first word
 */
CotUnpackReader *
cot_unpack_reader_new (const CotUnpackReaderFunctions *functions, gpointer data)
{
  CotUnpackReader *self = g_new0 (CotUnpackReader, 1);

  self->functions = functions;
  self->data = data;
  self->payload = g_byte_array_new ();
  return self;
}

/**
 * cot_unpack_reader_free:
 * @self: (transfer full): a reader
 */
void
cot_unpack_reader_free (CotUnpackReader *self)
{
  g_byte_array_unref (self->payload);
  g_free (self);
}

/**
 * cot_unpack_reader_get_state:
 * @self: a reader
 *
 * Returns: what may come next
 */
CotUnpackReaderState
cot_unpack_reader_get_state (CotUnpackReader *self)
{
  return self->state;
}

/**
 * cot_unpack_reader_get_status:
 * @self: a reader
 *
 * Returns: how the last complete answer ended, in the worker's words
 */
CotUnpackStatus
cot_unpack_reader_get_status (CotUnpackReader *self)
{
  return self->status;
}

/**
 * cot_unpack_reader_expect_list:
 * @self: a reader that is idle
 *
 * From now on a list of entries may come, once.
 */
void
cot_unpack_reader_expect_list (CotUnpackReader *self)
{
  g_return_if_fail (self->state == COT_UNPACK_READER_IDLE);

  self->state = COT_UNPACK_READER_EXPECTS_LIST;
  self->n_entries = 0;
  self->labels_bytes = 0;
}

/**
 * cot_unpack_reader_expect_data:
 * @self: a reader that is idle
 * @max_bytes: the size that the entry was listed with
 *
 * From now on the data of one entry may come.
 */
void
cot_unpack_reader_expect_data (CotUnpackReader *self, guint64 max_bytes)
{
  g_return_if_fail (self->state == COT_UNPACK_READER_IDLE);

  self->state = COT_UNPACK_READER_EXPECTS_DATA;
  self->n_bytes = 0;
  self->max_bytes = MIN (max_bytes, COT_UNPACK_MAX_MEMBER_BYTES);
}

/**
 * cot_unpack_reader_expect_rows:
 * @self: a reader that is idle
 * @max_bytes: what they may have at most
 *
 * From now on the rows of an event log may come.
 */
void
cot_unpack_reader_expect_rows (CotUnpackReader *self, guint64 max_bytes)
{
  g_return_if_fail (self->state == COT_UNPACK_READER_IDLE);

  self->state = COT_UNPACK_READER_EXPECTS_ROWS;
  self->n_bytes = 0;
  self->max_bytes = MIN (max_bytes, COT_UNPACK_MAX_MEMBER_BYTES);
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WORKER,
               "the unpacker sent what it must not: %s", what);
  return FALSE;
}

static gboolean
is_time (gint64 time_usec)
{
  return time_usec == COT_UNPACK_TIME_NONE
         || (time_usec >= MIN_TIME_USEC && time_usec < MAX_TIME_USEC);
}

static gboolean
take_entry (CotUnpackReader *self, GError **error)
{
  CotUnpackEntry entry;

  if (self->state != COT_UNPACK_READER_EXPECTS_LIST)
    return fail (error, "an entry that nobody asked for");
  if (!cot_unpack_read_entry (self->payload->data, self->payload->len, &entry))
    return fail (error, "an entry that is none");
  if (entry.index != self->n_entries || self->n_entries >= COT_UNPACK_MAX_ENTRIES)
    return fail (error, "an entry out of order");
  if (!g_utf8_validate_len (entry.label, entry.label_bytes, NULL))
    return fail (error, "a name that is no text");
  if (!is_time (entry.modified_usec))
    return fail (error, "a time that is none");
  self->labels_bytes += entry.label_bytes;
  if (self->labels_bytes > COT_UNPACK_MAX_LABELS_BYTES)
    return fail (error, "too many names");
  self->n_entries++;
  return self->functions->entry (&entry, self->data, error);
}

static gboolean
take_listed (CotUnpackReader *self, GError **error)
{
  CotUnpackPair pair;

  if (self->state != COT_UNPACK_READER_EXPECTS_LIST)
    return fail (error, "the end of a list that nobody asked for");
  if (!cot_unpack_read_pair (self->payload->data, self->payload->len, &pair)
      || pair.value != self->n_entries)
    return fail (error, "a wrong number of entries");
  self->status = (CotUnpackStatus) pair.status;
  self->state = COT_UNPACK_READER_IDLE;
  return TRUE;
}

static gboolean
expects_data (CotUnpackReader *self)
{
  return self->state == COT_UNPACK_READER_EXPECTS_DATA
         || self->state == COT_UNPACK_READER_EXPECTS_ROWS;
}

static gboolean
count_data (CotUnpackReader *self, gsize length_bytes, GError **error)
{
  if (!expects_data (self))
    return fail (error, "data that nobody asked for");
  if (length_bytes > self->max_bytes - self->n_bytes)
    return fail (error, "more data than the entry has");
  self->n_bytes += length_bytes;
  return TRUE;
}

static gboolean
take_data (CotUnpackReader *self, GError **error)
{
  return count_data (self, self->payload->len, error)
         && self->functions->bytes (self->payload->data, self->payload->len, self->data, error);
}

static gboolean
take_shared (CotUnpackReader *self, GError **error)
{
  gsize length_bytes = cot_unpack_get_u32 (self->payload->data);

  if (length_bytes == 0 || length_bytes > COT_UNPACK_MAX_SHARED_BYTES)
    return fail (error, "shared data that does not exist");
  return count_data (self, length_bytes, error)
         && self->functions->shared (length_bytes, self->data, error);
}

static gboolean
take_end (CotUnpackReader *self, GError **error)
{
  CotUnpackPair pair;

  if (!expects_data (self))
    return fail (error, "the end of data that nobody asked for");
  if (!cot_unpack_read_pair (self->payload->data, self->payload->len, &pair))
    return fail (error, "an end that is none");
  if (pair.status == COT_UNPACK_OK && self->state == COT_UNPACK_READER_EXPECTS_DATA
      && self->n_bytes != self->max_bytes)
    return fail (error, "less data than the entry has");
  self->status = (CotUnpackStatus) pair.status;
  self->state = COT_UNPACK_READER_IDLE;
  return TRUE;
}

static gboolean
take_frame (CotUnpackReader *self, GError **error)
{
  switch (self->header.type)
    {
    case COT_UNPACK_HELLO:
      if (self->state != COT_UNPACK_READER_EXPECTS_HELLO
          || cot_unpack_get_u32 (self->payload->data) != COT_UNPACK_MAGIC)
        return fail (error, "a greeting of another program");
      self->state = COT_UNPACK_READER_IDLE;
      return TRUE;
    case COT_UNPACK_ENTRY:
      return take_entry (self, error);
    case COT_UNPACK_LISTED:
      return take_listed (self, error);
    case COT_UNPACK_DATA:
      return take_data (self, error);
    case COT_UNPACK_SHARED:
      return take_shared (self, error);
    case COT_UNPACK_END:
      return take_end (self, error);
    default:
      return fail (error, "a message that is none");
    }
}

/* Moves as much as fits from what came into @into, and says whether it is full. */
static gboolean
gather (guint8 *into, gsize *n_have, gsize n_wanted, const guint8 **bytes, gsize *length_bytes)
{
  gsize n = MIN (n_wanted - *n_have, *length_bytes);

  if (n > 0)
    memcpy (into + *n_have, *bytes, n);
  *n_have += n;
  *bytes += n;
  *length_bytes -= n;
  return *n_have == n_wanted;
}

static gboolean
gather_header (CotUnpackReader *self, const guint8 **bytes, gsize *length_bytes, GError **error)
{
  if (!gather (self->header_bytes, &self->n_header_bytes, COT_UNPACK_HEADER_BYTES, bytes,
               length_bytes))
    return TRUE;
  if (!cot_unpack_read_header (self->header_bytes, &self->header))
    return fail (error, "a message that is none");
  if (self->header.type == COT_UNPACK_LIST || self->header.type == COT_UNPACK_READ
      || self->header.type == COT_UNPACK_CONVERT || self->header.type == COT_UNPACK_PASS_PHRASE)
    return fail (error, "a question");
  g_byte_array_set_size (self->payload, 0);
  return TRUE;
}

static gboolean
gather_payload (CotUnpackReader *self, const guint8 **bytes, gsize *length_bytes, GError **error)
{
  gsize n = MIN (self->header.length_bytes - self->payload->len, *length_bytes);

  g_byte_array_append (self->payload, *bytes, (guint) n);
  *bytes += n;
  *length_bytes -= n;
  if (self->payload->len < self->header.length_bytes)
    return TRUE;
  self->n_header_bytes = 0;
  return take_frame (self, error);
}

/**
 * cot_unpack_reader_push:
 * @self: a reader
 * @bytes: what came, cut anywhere
 * @length_bytes: how many
 * @error: return location
 *
 * Returns: %FALSE with %COT_BUNDLE_ERROR_WORKER where the bytes break the rules, or with the
 *   error of one of the functions; the reader is of no further use then
 */
gboolean
cot_unpack_reader_push (CotUnpackReader *self, const void *bytes, gsize length_bytes,
                        GError **error)
{
  const guint8 *at = bytes;

  if (self->state == COT_UNPACK_READER_FAILED)
    return fail (error, "more, after a fault");
  while (length_bytes > 0)
    {
      gboolean ok = self->n_header_bytes < COT_UNPACK_HEADER_BYTES
                        ? gather_header (self, &at, &length_bytes, error)
                        : gather_payload (self, &at, &length_bytes, error);

      if (!ok)
        {
          self->state = COT_UNPACK_READER_FAILED;
          return FALSE;
        }
    }
  return TRUE;
}
