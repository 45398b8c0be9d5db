/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-unpack-reader.h"

#include <string.h>

#include "cot-bundle.h"

typedef struct
{
  CotUnpackReader *reader;
  GByteArray *words;
  GString *heard;
} Fixture;

static gboolean
hear_entry (const CotUnpackEntry *entry, gpointer data, GError **error)
{
  Fixture *fixture = data;

  g_string_append_printf (fixture->heard, "%u:%.*s ", entry->index, (int) entry->label_bytes,
                          entry->label);
  return TRUE;
}

static gboolean
hear_bytes (const void *bytes, gsize length_bytes, gpointer data, GError **error)
{
  Fixture *fixture = data;

  g_string_append_len (fixture->heard, bytes, (gssize) length_bytes);
  return TRUE;
}

static gboolean
hear_shared (gsize length_bytes, gpointer data, GError **error)
{
  Fixture *fixture = data;

  g_string_append_printf (fixture->heard, "<%" G_GSIZE_FORMAT ">", length_bytes);
  return TRUE;
}

static const CotUnpackReaderFunctions functions = { hear_entry, hear_bytes, hear_shared };

static void
put_frame (Fixture *fixture, guint32 type, const void *payload, guint32 length_bytes)
{
  guint8 header[COT_UNPACK_HEADER_BYTES];

  cot_unpack_write_header (header, type, length_bytes);
  g_byte_array_append (fixture->words, header, sizeof header);
  if (length_bytes > 0)
    g_byte_array_append (fixture->words, payload, length_bytes);
}

static void
put_hello (Fixture *fixture)
{
  guint8 magic[4];

  cot_unpack_put_u32 (magic, COT_UNPACK_MAGIC);
  put_frame (fixture, COT_UNPACK_HELLO, magic, sizeof magic);
}

static void
put_pair (Fixture *fixture, guint32 type, guint32 status, guint32 value)
{
  guint8 pair[8];

  cot_unpack_put_u32 (pair, status);
  cot_unpack_put_u32 (pair + 4, value);
  put_frame (fixture, type, pair, sizeof pair);
}

static void
put_shared (Fixture *fixture, guint32 n_bytes)
{
  guint8 payload[4];

  cot_unpack_put_u32 (payload, n_bytes);
  put_frame (fixture, COT_UNPACK_SHARED, payload, sizeof payload);
}

static void
put_any_entry (Fixture *fixture, const CotUnpackEntry *entry, const char *label, gsize n)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();

  g_byte_array_set_size (payload, COT_UNPACK_ENTRY_BYTES);
  cot_unpack_write_entry (payload->data, entry);
  g_byte_array_append (payload, (const guint8 *) label, (guint) n);
  put_frame (fixture, COT_UNPACK_ENTRY, payload->data, payload->len);
}

static void
put_entry (Fixture *fixture, guint32 index, const char *label)
{
  CotUnpackEntry entry = { .index = index, .modified_usec = COT_UNPACK_TIME_NONE };

  put_any_entry (fixture, &entry, label, strlen (label));
}

/* Says the words in pieces of @piece bytes; 0: all at once. */
static gboolean
push (Fixture *fixture, gsize piece, GError **error)
{
  g_autoptr (GByteArray) words = g_steal_pointer (&fixture->words);
  gboolean done = TRUE;

  fixture->words = g_byte_array_new ();
  if (piece == 0)
    piece = words->len;
  for (gsize i = 0; done && i < words->len; i += piece)
    done = cot_unpack_reader_push (fixture->reader, words->data + i, MIN (piece, words->len - i),
                                   error);
  return done;
}

static void
assert_taken (Fixture *fixture, gsize piece)
{
  g_autoptr (GError) error = NULL;

  push (fixture, piece, &error);
  g_assert_no_error (error);
}

static void
assert_refused (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (push (fixture, 0, &error));
  g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WORKER);
  g_assert_cmpint (cot_unpack_reader_get_state (fixture->reader), ==,
                   COT_UNPACK_READER_FAILED);
  /* And for good */
  put_hello (fixture);
  g_assert_false (push (fixture, 0, NULL));
}

static void
set_up (Fixture *fixture)
{
  fixture->reader = cot_unpack_reader_new (&functions, fixture);
  fixture->words = g_byte_array_new ();
  fixture->heard = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture)
{
  cot_unpack_reader_free (fixture->reader);
  g_byte_array_unref (fixture->words);
  g_string_free (fixture->heard, TRUE);
}

static void
begin (Fixture *fixture)
{
  set_up (fixture);
  put_hello (fixture);
  assert_taken (fixture, 0);
  g_assert_cmpint (cot_unpack_reader_get_state (fixture->reader), ==, COT_UNPACK_READER_IDLE);
}

static void
begin_list (Fixture *fixture)
{
  begin (fixture);
  cot_unpack_reader_expect_list (fixture->reader);
}

static void
begin_data (Fixture *fixture, guint64 max_bytes)
{
  begin (fixture);
  cot_unpack_reader_expect_data (fixture->reader, max_bytes);
}

/* However the bytes are cut, the same is heard. */
static void
test_pieces (void)
{
  for (gsize piece = 0; piece < 70; piece++)
    {
      Fixture fixture;

      begin_list (&fixture);
      put_entry (&fixture, 0, "a.log");
      put_entry (&fixture, 1, "b.log");
      put_pair (&fixture, COT_UNPACK_LISTED, COT_UNPACK_CUT, 2);
      assert_taken (&fixture, piece);
      g_assert_cmpint (cot_unpack_reader_get_status (fixture.reader), ==, COT_UNPACK_CUT);
      cot_unpack_reader_expect_data (fixture.reader, 10);
      put_frame (&fixture, COT_UNPACK_DATA, "01234", 5);
      put_frame (&fixture, COT_UNPACK_DATA, "56789", 5);
      put_pair (&fixture, COT_UNPACK_END, COT_UNPACK_OK, 0);
      assert_taken (&fixture, piece);
      g_assert_cmpint (cot_unpack_reader_get_status (fixture.reader), ==, COT_UNPACK_OK);
      g_assert_cmpint (cot_unpack_reader_get_state (fixture.reader), ==, COT_UNPACK_READER_IDLE);
      g_assert_cmpstr (fixture.heard->str, ==, "0:a.log 1:b.log 0123456789");
      tear_down (&fixture);
    }
}

/* The size of rows is not known before: any up to the limit is good. */
static void
test_rows (void)
{
  Fixture fixture;

  begin (&fixture);
  cot_unpack_reader_expect_rows (fixture.reader, 10);
  put_frame (&fixture, COT_UNPACK_DATA, "0123", 4);
  put_pair (&fixture, COT_UNPACK_END, COT_UNPACK_OK, 0);
  assert_taken (&fixture, 0);
  g_assert_cmpint (cot_unpack_reader_get_status (fixture.reader), ==, COT_UNPACK_OK);
  g_assert_cmpint (cot_unpack_reader_get_state (fixture.reader), ==, COT_UNPACK_READER_IDLE);
  g_assert_cmpstr (fixture.heard->str, ==, "0123");
  tear_down (&fixture);

  begin (&fixture);
  cot_unpack_reader_expect_rows (fixture.reader, 3);
  put_frame (&fixture, COT_UNPACK_DATA, "0123", 4);
  assert_refused (&fixture);
  tear_down (&fixture);

  g_assert_cmpuint (cot_unpack_get_max_rows_bytes (0), ==, 0);
  g_assert_cmpuint (cot_unpack_get_max_rows_bytes (1000), ==, 64000);
  g_assert_cmpuint (cot_unpack_get_max_rows_bytes (G_MAXUINT64), ==, COT_UNPACK_MAX_MEMBER_BYTES);
}

static void
test_greeting (void)
{
  Fixture fixture;

  set_up (&fixture);
  put_frame (&fixture, COT_UNPACK_HELLO, "old1", 4);
  assert_refused (&fixture);
  tear_down (&fixture);

  begin (&fixture);
  put_hello (&fixture);
  assert_refused (&fixture);
  tear_down (&fixture);
}

static void
test_frames (void)
{
  static const struct
  {
    guint32 type;
    guint32 length_bytes;
  } frames[] = {
    { 0, 0 },
    { COT_UNPACK_CONVERT, 0 },
    { COT_UNPACK_PASS_PHRASE, 0 },
    { COT_UNPACK_PASS_PHRASE, 4 },
    { COT_UNPACK_PASS_PHRASE, COT_UNPACK_MAX_PASS_PHRASE_BYTES + 1 },
    { COT_UNPACK_SHARED, 3 },
    { COT_UNPACK_SHARED + 1, 4 },
    { G_MAXUINT32, 4 },
    { COT_UNPACK_DATA, 0 },
    { COT_UNPACK_DATA, COT_UNPACK_MAX_DATA_BYTES + 1 },
    { COT_UNPACK_DATA, G_MAXUINT32 },
    { COT_UNPACK_ENTRY, COT_UNPACK_ENTRY_BYTES - 1 },
    { COT_UNPACK_ENTRY, COT_UNPACK_ENTRY_BYTES + COT_UNPACK_MAX_LABEL_BYTES + 1 },
    { COT_UNPACK_END, 9 },
    { COT_UNPACK_LISTED, 0 },
    { COT_UNPACK_LIST, 0 },
    { COT_UNPACK_READ, 4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      guint8 header[COT_UNPACK_HEADER_BYTES];
      Fixture fixture;

      /* The header alone must do: nothing is reserved for what it announces. */
      begin_data (&fixture, G_MAXUINT32);
      cot_unpack_write_header (header, frames[i].type, frames[i].length_bytes);
      g_byte_array_append (fixture.words, header, sizeof header);
      assert_refused (&fixture);
      tear_down (&fixture);
    }
}

static void
test_unasked (void)
{
  Fixture fixture;

  begin (&fixture);
  put_entry (&fixture, 0, "a.log");
  assert_refused (&fixture);
  tear_down (&fixture);

  begin_data (&fixture, 10);
  put_pair (&fixture, COT_UNPACK_LISTED, COT_UNPACK_OK, 0);
  assert_refused (&fixture);
  tear_down (&fixture);

  begin_list (&fixture);
  put_frame (&fixture, COT_UNPACK_DATA, "x", 1);
  assert_refused (&fixture);
  tear_down (&fixture);

  begin_list (&fixture);
  put_pair (&fixture, COT_UNPACK_END, COT_UNPACK_OK, 0);
  assert_refused (&fixture);
  tear_down (&fixture);
}

static void
assert_entry_refused (const CotUnpackEntry *entry, const char *label, gsize n)
{
  Fixture fixture;

  begin_list (&fixture);
  put_any_entry (&fixture, entry, label, n);
  assert_refused (&fixture);
  g_assert_cmpstr (fixture.heard->str, ==, "");
  tear_down (&fixture);
}

static void
test_entries (void)
{
  CotUnpackEntry good = { .modified_usec = COT_UNPACK_TIME_NONE };
  CotUnpackEntry bad = good;

  assert_entry_refused (&good, "\xff.log", 5);
  assert_entry_refused (&good, "a\0b", 3);
  assert_entry_refused (&good, "\xed\xa0\x80", 3);
  bad.index = 1;
  assert_entry_refused (&bad, "a", 1);
  bad = good;
  bad.status = COT_UNPACK_N_STATUSES;
  assert_entry_refused (&bad, "a", 1);
  bad = good;
  bad.flags = 0x80;
  assert_entry_refused (&bad, "a", 1);
  bad = good;
  bad.modified_usec = G_MAXINT64;
  assert_entry_refused (&bad, "a", 1);
  bad.modified_usec = G_MININT64 + 1;
  assert_entry_refused (&bad, "a", 1);
}

static void
test_counts (void)
{
  Fixture fixture;

  begin_list (&fixture);
  put_entry (&fixture, 0, "a.log");
  put_pair (&fixture, COT_UNPACK_LISTED, COT_UNPACK_OK, 2);
  assert_refused (&fixture);
  tear_down (&fixture);

  begin_list (&fixture);
  put_pair (&fixture, COT_UNPACK_LISTED, COT_UNPACK_N_STATUSES, 0);
  assert_refused (&fixture);
  tear_down (&fixture);
}

static void
test_too_many_names (void)
{
  g_autofree char *label = g_strnfill (COT_UNPACK_MAX_LABEL_BYTES, 'a');
  guint n = COT_UNPACK_MAX_LABELS_BYTES / COT_UNPACK_MAX_LABEL_BYTES;
  Fixture fixture;

  begin_list (&fixture);
  for (guint i = 0; i < n; i++)
    {
      put_entry (&fixture, i, label);
      assert_taken (&fixture, 0);
      g_string_truncate (fixture.heard, 0);
    }
  put_entry (&fixture, n, label);
  assert_refused (&fixture);
  tear_down (&fixture);
}

static void
test_sizes (void)
{
  Fixture fixture;

  begin_data (&fixture, 5);
  put_frame (&fixture, COT_UNPACK_DATA, "123456", 6);
  assert_refused (&fixture);
  g_assert_cmpstr (fixture.heard->str, ==, "");
  tear_down (&fixture);

  begin_data (&fixture, 5);
  put_frame (&fixture, COT_UNPACK_DATA, "12345", 5);
  put_frame (&fixture, COT_UNPACK_DATA, "6", 1);
  assert_refused (&fixture);
  g_assert_cmpstr (fixture.heard->str, ==, "12345");
  tear_down (&fixture);

  /* All well, says it, but something is missing. */
  begin_data (&fixture, 5);
  put_frame (&fixture, COT_UNPACK_DATA, "1234", 4);
  put_pair (&fixture, COT_UNPACK_END, COT_UNPACK_OK, 0);
  assert_refused (&fixture);
  tear_down (&fixture);

  /* Missing with a reason is no fault of the worker. */
  begin_data (&fixture, 5);
  put_frame (&fixture, COT_UNPACK_DATA, "1234", 4);
  put_pair (&fixture, COT_UNPACK_END, COT_UNPACK_CUT, 0);
  assert_taken (&fixture, 0);
  tear_down (&fixture);
}

/* It counts as if it had come through the pipe. */
static void
test_shared (void)
{
  static const guint32 lies[] = { 0, 6, COT_UNPACK_MAX_SHARED_BYTES + 1, G_MAXUINT32 };
  Fixture fixture;

  begin_data (&fixture, 7);
  put_shared (&fixture, 5);
  put_frame (&fixture, COT_UNPACK_DATA, "67", 2);
  put_pair (&fixture, COT_UNPACK_END, COT_UNPACK_OK, 0);
  assert_taken (&fixture, 1);
  g_assert_cmpstr (fixture.heard->str, ==, "<5>67");
  tear_down (&fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      begin_data (&fixture, i == 1 ? 5 : COT_UNPACK_MAX_MEMBER_BYTES);
      put_shared (&fixture, lies[i]);
      assert_refused (&fixture);
      g_assert_cmpstr (fixture.heard->str, ==, "");
      tear_down (&fixture);
    }

  begin_data (&fixture, 5);
  put_shared (&fixture, 3);
  put_shared (&fixture, 3);
  assert_refused (&fixture);
  g_assert_cmpstr (fixture.heard->str, ==, "<3>");
  tear_down (&fixture);

  begin (&fixture);
  put_shared (&fixture, 1);
  assert_refused (&fixture);
  tear_down (&fixture);

  begin_list (&fixture);
  put_shared (&fixture, 1);
  assert_refused (&fixture);
  tear_down (&fixture);
}

static gboolean
refuse_bytes (const void *bytes, gsize length_bytes, gpointer data, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return FALSE;
}

/* The listener's own error comes through as it is. */
static void
test_listener_fails (void)
{
  static const CotUnpackReaderFunctions refusing = { hear_entry, refuse_bytes, hear_shared };
  g_autoptr (GError) error = NULL;
  Fixture fixture;

  set_up (&fixture);
  cot_unpack_reader_free (fixture.reader);
  fixture.reader = cot_unpack_reader_new (&refusing, &fixture);
  put_hello (&fixture);
  assert_taken (&fixture, 0);
  cot_unpack_reader_expect_data (fixture.reader, 5);
  put_frame (&fixture, COT_UNPACK_DATA, "1234", 4);
  g_assert_false (push (&fixture, 0, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/unpack-reader/pieces", test_pieces);
  g_test_add_func ("/unpack-reader/rows", test_rows);
  g_test_add_func ("/unpack-reader/greeting", test_greeting);
  g_test_add_func ("/unpack-reader/frames", test_frames);
  g_test_add_func ("/unpack-reader/unasked", test_unasked);
  g_test_add_func ("/unpack-reader/entries", test_entries);
  g_test_add_func ("/unpack-reader/counts", test_counts);
  g_test_add_func ("/unpack-reader/too-many-names", test_too_many_names);
  g_test_add_func ("/unpack-reader/sizes", test_sizes);
  g_test_add_func ("/unpack-reader/shared", test_shared);
  g_test_add_func ("/unpack-reader/listener-fails", test_listener_fails);
  return g_test_run ();
}
