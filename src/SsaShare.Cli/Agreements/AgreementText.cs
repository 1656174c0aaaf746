using System.Text.Json;

namespace SsaShare.Cli;

/// <summary>
/// The signed payload of an agreement as text for people. Every member is shown as it stands, known to this version or not: who signs
/// what a program left out has signed unread.
/// </summary>
internal static class AgreementText
{
    /// <exception cref="InvalidDataException">Not JSON.</exception>
    public static IReadOnlyList<string> Lines(ReadOnlyMemory<byte> payload)
    {
        var lines = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(payload);
            Add(lines, document.RootElement, "", "");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("The agreement's payload is not JSON.", e);
        }
        return lines;
    }

    /// <param name="first">What the first line begins with: a name, or the dash of a list.</param>
    /// <param name="indent">What further lines begin with.</param>
    private static void Add(List<string> lines, JsonElement element, string first, string indent)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    AddMember(lines, member, first, indent);
                    first = indent;
                }
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) Add(lines, item, $"{indent}- ", $"{indent}  ");
                break;
            default:
                lines.Add($"{first}{Scalar(element)}");
                break;
        }
    }

    private static void AddMember(List<string> lines, JsonProperty member, string first, string indent)
    {
        string name = Plain(member.Name);
        bool isNested = member.Value.ValueKind == JsonValueKind.Object
            || (member.Value.ValueKind == JsonValueKind.Array && member.Value.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array));
        if (isNested)
        {
            lines.Add($"{first}{name}:");
            Add(lines, member.Value, $"{indent}  ", $"{indent}  ");
        }
        else lines.Add($"{first}{name}: {(member.Value.ValueKind == JsonValueKind.Array ? $"[{string.Join(", ", member.Value.EnumerateArray().Select(Scalar))}]" : Scalar(member.Value))}");
    }

    private static string Scalar(JsonElement element) => element.ValueKind == JsonValueKind.String ? Plain(element.GetString()!) : element.GetRawText();

    /// <summary>Text as it is where it is plain; otherwise escaped, so that no text can move the cursor or pass for another line.</summary>
    internal static string Plain(string text)
        => text.All(c => char.IsAsciiLetterOrDigit(c) || char.IsLetter(c) || " -_.,:;/()+'".Contains(c, StringComparison.Ordinal)) ? text : JsonSerializer.Serialize(text);
}
