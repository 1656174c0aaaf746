using System.Collections.Immutable;
using System.Text.Json;

namespace SsaShare.Agreements;

/// <summary>One thing that two agreements say differently.</summary>
/// <param name="Place">Where: "agreement", "party x", "grant x" and so on.</param>
/// <param name="Field">The field; empty when the whole of the place is only in one of them.</param>
/// <param name="Before">What the old one says; null when it says nothing.</param>
/// <param name="After">What the new one says; null when it says nothing.</param>
public sealed record AgreementChange(string Place, string Field, string? Before, string? After)
{
    public override string ToString()
        => Field.Length == 0 ? $"{Place}: {(Before is null ? "added" : "removed")}" : $"{Place}: {Field}: {Before ?? "(left out)"} -> {After ?? "(left out)"}";
}

/// <summary>What changes from one agreement to another, field by field and clause by clause. The order of clauses and of lists means nothing.</summary>
public static class AgreementDiff
{
    private static readonly Dictionary<string, (string Key, string Noun)> Named = new(StringComparer.Ordinal)
    {
        [Words.Parties] = (Words.Partner, "party"),
        [Words.ObjectLists] = (Words.Id, "object list"),
        [Words.DegradationProfiles] = (Words.Id, "degradation profile"),
        [Words.Limits] = (Words.Id, "limit"),
        [Words.Grants] = (Words.Id, "grant"),
        [Words.Prohibitions] = (Words.Id, "prohibition"),
    };

    /// <summary>Of two fixed agreements, their parties' keys included.</summary>
    public static ImmutableArray<AgreementChange> Compare(Agreement before, Agreement after) => Compare(before.Payload.AsSpan(), after.Payload.AsSpan());

    /// <summary>Of two drafts; a fixed agreement takes part as <see cref="Agreement.ToDraft"/>.</summary>
    public static ImmutableArray<AgreementChange> Compare(AgreementDraft before, AgreementDraft after) => Compare(AgreementPayload.Write(before), AgreementPayload.Write(after));

    private static ImmutableArray<AgreementChange> Compare(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var (old, now) = (Flatten(before), Flatten(after));
        var changes = ImmutableArray.CreateBuilder<AgreementChange>();
        // In the order of the new agreement; what only the old one has comes last.
        foreach (var place in now.Keys.Concat(old.Keys.Where(place => !now.ContainsKey(place))))
        {
            var was = old.GetValueOrDefault(place);
            var @is = now.GetValueOrDefault(place);
            if (was is null || @is is null) changes.Add(new AgreementChange(place, "", was is null ? null : place, @is is null ? null : place));
            foreach (string field in Fields(was).Union(Fields(@is)))
            {
                string? from = was?.GetValueOrDefault(field), to = @is?.GetValueOrDefault(field);
                if (from != to) changes.Add(new AgreementChange(place, field, from, to));
            }
        }
        return changes.ToImmutable();
    }

    private static IEnumerable<string> Fields(Dictionary<string, string>? place) => place?.Keys ?? Enumerable.Empty<string>();

    private static Dictionary<string, Dictionary<string, string>> Flatten(ReadOnlySpan<byte> payload)
    {
        using var json = JsonDocument.Parse(payload.ToArray());
        var whole = new Dictionary<string, string>(StringComparer.Ordinal);
        var places = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal) { ["agreement"] = whole };
        foreach (var field in json.RootElement.EnumerateObject())
        {
            if (Named.TryGetValue(field.Name, out var named))
                foreach (var item in field.Value.EnumerateArray()) places.Add($"{named.Noun} {item.GetProperty(named.Key).GetString()}", Texts(item, named.Key));
            else if (field.Value.ValueKind == JsonValueKind.Object) places.Add(field.Name, Texts(field.Value, ""));
            else whole.Add(field.Name, Text(field.Value));
        }
        return places;
    }

    private static Dictionary<string, string> Texts(JsonElement item, string without)
        => item.EnumerateObject().Where(field => field.Name != without).ToDictionary(field => field.Name, field => Text(field.Value), StringComparer.Ordinal);

    private static string Text(JsonElement value)
        => value.ValueKind == JsonValueKind.Array ? string.Join(", ", value.EnumerateArray().Select(one => one.GetString()).Order(StringComparer.Ordinal)) : value.GetString()!;
}
