using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using SsaShare.Domain;

namespace SsaShare.Node;

/// <summary>The label that stands beside a file: NAME.label.json, one object of level, mode, releasable_to (a list) and originator_controlled.</summary>
internal static class FolderLabel
{
    /// <summary>Longest file taken, bytes.</summary>
    public const int BytesMax = 16 * 1024;

    private const string NoObject = "the label beside the file is no JSON object.";

    /// <summary>Total: any bytes are a label or a fault.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out Label? label, [NotNullWhen(false)] out string? fault)
    {
        label = null;
        fault = NoObject;
        if (json.Length > BytesMax)
        {
            fault = $"the label beside the file is longer than {BytesMax} bytes.";
            return false;
        }
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !TryReadWords(document.RootElement, out var words, out fault)) return false;
            return words.TryRead(out label, out fault);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is not valid UTF-8 or an unpaired surrogate.
            fault = NoObject;
            return false;
        }
    }

    private static bool TryReadWords(JsonElement root, out LabelWords words, [NotNullWhen(false)] out string? fault)
    {
        words = new LabelWords();
        fault = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            LabelWords? read = (member.Name, member.Value.ValueKind) switch
            {
                ("level", JsonValueKind.String) => words with { Level = member.Value.GetString() },
                ("mode", JsonValueKind.String) => words with { Mode = member.Value.GetString() },
                ("releasable_to", JsonValueKind.Array) when member.Value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String)
                    => words with { ReleasableTo = string.Join(',', member.Value.EnumerateArray().Select(one => one.GetString())) },
                ("originator_controlled", JsonValueKind.True) => words with { OriginatorControlled = "true" },
                ("originator_controlled", JsonValueKind.False) => words with { OriginatorControlled = "false" },
                _ => null,
            };
            if (read is null || !seen.Add(member.Name))
            {
                fault = $"the label beside the file: '{IngestFile.Shown(member.Name)}' is none of its members, is there twice, or has a value of another kind.";
                return false;
            }
            words = read;
        }
        return true;
    }
}
