using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>Lines of a bundle, as <see cref="EvidenceBundle"/> writes them, to what they say. Total: any bytes give a value or a "no"; members must stand in the order they are written in.</summary>
public static class EvidenceLineReader
{
    /// <summary>Times of entries are read within this many nanoseconds of J2000 (about 285 years), so that computing with them cannot leave an epoch's range.</summary>
    private const long LongestTimeNs = 9_000_000_000_000_000_000;

    private const int LongestKind = 1_000, DeepestTree = 62;

    public static bool TryReadHead(ReadOnlySpan<byte> line, [NotNullWhen(true)] out EvidenceHead? head)
    {
        head = null;
        try
        {
            if (JsonSerializer.Deserialize<EvidenceBundle.HeadLine>(line, DocumentJson.Strict) is { Type: EvidenceBundle.Type } read)
                head = new EvidenceHead(read.NodeCard, read.Checkpoint, read.Scope, read.ExportedAt);
        }
        catch (JsonException)
        {
            return false;
        }
        return head is not null;
    }

    public static bool TryRead(ReadOnlySpan<byte> line, [NotNullWhen(true)] out EvidencePart? part)
    {
        part = null;
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName) return false;
            EvidencePart? read = reader.ValueTextEquals("entry"u8) ? ReadEntry(ref reader, line)
                : reader.ValueTextEquals("hidden"u8) ? ReadHidden(ref reader)
                : reader.ValueTextEquals("checkpoint"u8) ? ReadCheckpoint(ref reader)
                : reader.ValueTextEquals("timestamp"u8) ? ReadTimeStamp(ref reader)
                : null;
            if (read is not null && reader.Read() && reader.TokenType == JsonTokenType.EndObject && !reader.Read()) part = read;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // The latter where a text is not UTF-8.
        {
            return false;
        }
        return part is not null;
    }

    private static EvidencePart.Entry? ReadEntry(ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        if (!reader.Read() || ReadInteger(ref reader) is not (>= 0 and long index)) return null;
        if (!GoTo(ref reader, "kind"u8) || reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > LongestKind || reader.GetString() is not { } kind) return null;
        if (!GoTo(ref reader, "time_ns"u8) || ReadInteger(ref reader) is not (>= -LongestTimeNs and <= LongestTimeNs and long timeNs)) return null;
        if (!GoTo(ref reader, "salt"u8) || ReadBytes(ref reader) is not { Length: EntryCommitment.SaltSize } salt) return null;
        return ReadBody(ref reader, line) is { } body ? new EvidencePart.Entry(new LogEntry(index, new LogEvent(kind, body), salt, new Epoch(timeNs))) : null;
    }

    private static byte[]? ReadBody(ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName) return null;
        bool isEncoded = reader.ValueTextEquals("body_base64"u8);
        if ((!isEncoded && !reader.ValueTextEquals("body"u8)) || !reader.Read()) return null;
        if (isEncoded) return ReadBytes(ref reader);
        if (reader.TokenType != JsonTokenType.StartObject) return null;
        int start = (int)reader.TokenStartIndex;
        return reader.TrySkip() ? line[start..(int)reader.BytesConsumed].ToArray() : null;
    }

    private static EvidencePart.Hidden? ReadHidden(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || ReadInteger(ref reader) is not (>= 0 and <= DeepestTree and long level)) return null;
        if (!GoTo(ref reader, "index"u8) || ReadInteger(ref reader) is not (>= 0 and long index) || index > (long.MaxValue >> (int)level) - 1) return null;
        return GoTo(ref reader, "hash"u8) && ReadBytes(ref reader) is { } bytes && Hash256.TryCreate(bytes, out var hash)
            ? new EvidencePart.Hidden(new PlacedHash(new MerkleNode((int)level, index), hash))
            : null;
    }

    private static EvidencePart.SignedCheckpoint? ReadCheckpoint(ref Utf8JsonReader reader)
        => reader.Read() && ReadNote(ref reader) is { } note ? new EvidencePart.SignedCheckpoint(note) : null;

    private static EvidencePart.TimeStamp? ReadTimeStamp(ref Utf8JsonReader reader)
        => reader.Read() && ReadNote(ref reader) is { } note && GoTo(ref reader, "token"u8) && ReadBytes(ref reader) is { Length: <= TimestampToken.MaxBytes } token ? new EvidencePart.TimeStamp(note, token) : null;

    private static string? ReadNote(ref Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= SignedNote.MaxBytes ? reader.GetString() : null;

    /// <summary>To the value of the next member, which must have this name.</summary>
    private static bool GoTo(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
        => reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name) && reader.Read();

    private static long? ReadInteger(ref Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long value) ? value : null;

    private static byte[]? ReadBytes(ref Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out byte[]? bytes) ? bytes : null;
}
