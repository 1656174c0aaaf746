using System.Text.Json;

namespace SsaShare.Node;

/// <summary>What became of a file of the watched folder, as the file beside it says.</summary>
/// <param name="Place"><see cref="Done"/> or <see cref="Refused"/>.</param>
/// <param name="As">Its name there.</param>
internal sealed record FolderOutcome(string Place, string As)
{
    public const string Done = "done", Refused = "refused";

    private const string Type = "ssashare-ingest-outcome/1";

    /// <param name="outcome">Null where the file was not read.</param>
    /// <param name="fault">Why it was not; null where it was.</param>
    /// <param name="time">UTC.</param>
    public byte[] ToJson(string file, IngestOutcome? outcome, string? fault, DateTimeOffset time)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("type", Type);
            json.WriteString("place", Place);
            json.WriteString("as", As);
            json.WriteString("time", time.UtcDateTime);
            if (fault is not null) json.WriteString("fault", fault);
            if (outcome is not null) IngestJson.Write(json, file, outcome);
            else json.WriteString("file", file);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    /// <returns>Null when the bytes are not an outcome, or name a place outside the folder. Total.</returns>
    public static FolderOutcome? TryRead(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && Text(root, "type") == Type && Text(root, "place") is Done or Refused && Text(root, "as") is { Length: > 0 } name
                && Path.GetFileName(name) == name && name is not ("." or "..") && !name.Contains('\0', StringComparison.Ordinal) ? new FolderOutcome(Text(root, "place")!, name) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is not valid UTF-8 or an unpaired surrogate.
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
