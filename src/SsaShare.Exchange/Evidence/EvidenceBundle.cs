using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace SsaShare.Exchange;

/// <summary>
/// A node's log, or a part of it, with all that is needed to check it offline, as lines of JSON: first the head, then one line for each part.
/// The cards of others are entries. Streamed both ways, so that its size does not matter.
/// </summary>
/// <remarks>
/// A line's first member says what it is: "type" (the head), "entry", "hidden", "checkpoint" or "timestamp". An entry's body stands in its line byte for byte where it
/// is a JSON object on one line ("body"), else as base64 ("body_base64"); the leaf commits to these bytes.
/// </remarks>
public static class EvidenceBundle
{
    public const string Type = "ssashare/evidence/v2";

    /// <summary>Longest line read, bytes: an entry with the longest agreement fits.</summary>
    public const int LongestLine = 8 * 1024 * 1024;

    /// <summary>Deepest nesting of a body that stands in its line as it is.</summary>
    private const int DeepestBody = 32;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="head">Card, checkpoint and scope.</param>
    /// <param name="parts">In the order of the tree, up to the checkpoint's size: see <see cref="EvidenceComposer"/>.</param>
    public static async IAsyncEnumerable<byte[]> WriteAsync(EvidenceHead head, IAsyncEnumerable<EvidencePart> parts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Line(head);
        await foreach (var part in parts.WithCancellation(cancellationToken)) yield return Line(part);
    }

    /// <summary>The first line.</summary>
    public static byte[] Line(EvidenceHead head)
        => [.. JsonSerializer.SerializeToUtf8Bytes(new HeadLine(Type, head.Scope, head.NodeCard, head.Checkpoint, head.ExportedAt), DocumentJson.Strict), (byte)'\n'];

    /// <summary>The line of a part.</summary>
    public static byte[] Line(EvidencePart part)
    {
        var buffer = new ArrayBufferWriter<byte>(part is EvidencePart.Entry { Revealed: var shown } ? shown.Event.Body.Length + 160 : 256);
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartObject();
        switch (part)
        {
            case EvidencePart.Entry { Revealed: var entry }: WriteEntry(writer, entry); break;
            case EvidencePart.Hidden { Subtree: var subtree }:
                writer.WriteNumber("hidden"u8, subtree.Node.Level);
                writer.WriteNumber("index"u8, subtree.Node.Index);
                writer.WriteBase64String("hash"u8, subtree.Hash.ToArray());
                break;
            case EvidencePart.SignedCheckpoint { Note: var note }: writer.WriteString("checkpoint"u8, note); break;
            case EvidencePart.TimeStamp stamp:
                writer.WriteString("timestamp"u8, stamp.Note);
                writer.WriteBase64String("token"u8, stamp.Token.Span);
                break;
        }
        writer.WriteEndObject();
        writer.Flush();
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteEntry(Utf8JsonWriter writer, LogEntry entry)
    {
        writer.WriteNumber("entry"u8, entry.Index);
        writer.WriteString("kind"u8, entry.Event.Kind);
        writer.WriteNumber("time_ns"u8, entry.Time.NanosecondsSinceJ2000);
        writer.WriteBase64String("salt"u8, entry.Salt.Span);
        if (StandsInALine(entry.Event.Body.Span))
        {
            writer.WritePropertyName("body"u8);
            writer.WriteRawValue(entry.Event.Body.Span, skipInputValidation: true);
        }
        else writer.WriteBase64String("body_base64"u8, entry.Event.Body.Span);
    }

    private static bool StandsInALine(ReadOnlySpan<byte> body)
    {
        if (body is not [(byte)'{', .., (byte)'}'] || body.ContainsAny((byte)'\n', (byte)'\r') || !Utf8.IsValid(body)) return false;
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = DeepestBody });
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    internal sealed record HeadLine(string Type, EvidenceScope Scope, byte[] NodeCard, string Checkpoint, Domain.Epoch ExportedAt);
}
