using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>
/// What a record that is passed on brings along of the agreements that it came through: never more than each of them allowed. The relay states them
/// and signs for them in its manifest; they bind the receiver beside its own agreement with the relay. Equal by content.
/// </summary>
/// <param name="Purposes">What the receiver may use the record for, at most.</param>
/// <param name="HopsLeft">How many times it may be passed on from the receiver; 0 is not at all.</param>
/// <param name="To">To whom it may go on, sorted; null is anybody. Empty where no hop is left.</param>
/// <param name="DerivedProductsFor">Readers of derived products, sorted; null is anybody, empty nobody.</param>
/// <param name="KeepUntil">Until when any holder may keep it, counted from when the first came to hold it; null is as long as its own agreement says.</param>
public sealed record CarriedTerms(Purposes Purposes, int HopsLeft, ImmutableArray<PartnerId>? To, ImmutableArray<PartnerId>? DerivedProductsFor, Epoch? KeepUntil)
{
    /// <summary>Longest terms read, bytes.</summary>
    public const int LongestBytes = 8 * 1024;

    /// <summary>Most times that anything is passed on.</summary>
    public const int HopsMax = 8;

    private static readonly (string Word, Purposes Purpose)[] Words =
        [("enforcement", Purposes.Enforcement), ("fusion", Purposes.Fusion), ("research", Purposes.Research), ("safety_of_flight", Purposes.SafetyOfFlight)];

    public bool AllowsOnwardTo(PartnerId partner) => HopsLeft > 0 && (To is not { } named || named.Contains(partner));

    public bool AllowsDerivedFor(PartnerId reader) => Purposes.HasFlag(Purposes.Fusion) && (DerivedProductsFor is not { } readers || readers.Contains(reader));

    /// <summary>The bytes that are hashed and travel: JSON, one form for one content.</summary>
    public byte[] ToJson() => DocumentJson.Write(new Body(
        [.. Words.Where(pair => Purposes.HasFlag(pair.Purpose)).Select(pair => pair.Word)], HopsLeft, Names(To), Names(DerivedProductsFor), KeepUntil));

    /// <summary>Reads what <see cref="ToJson"/> writes, and nothing else: other bytes for the same content are a "no". Total.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out CarriedTerms? terms)
    {
        terms = DocumentJson.TryReadBody<Body>(json, LongestBytes, out var body) ? Read(body) : null;
        if (terms is not null && !json.SequenceEqual(terms.ToJson())) terms = null;
        return terms is not null;
    }

    public bool Equals(CarriedTerms? other)
        => other is not null && (Purposes, HopsLeft, KeepUntil) == (other.Purposes, other.HopsLeft, other.KeepUntil) && Same(To, other.To) && Same(DerivedProductsFor, other.DerivedProductsFor);

    public override int GetHashCode() => HashCode.Combine(Purposes, HopsLeft, KeepUntil, To?.Length, DerivedProductsFor?.Length);

    private static CarriedTerms? Read(Body body)
    {
        var purposes = Purposes.None;
        foreach (string word in body.Purposes)
        {
            var purpose = Words.FirstOrDefault(pair => pair.Word == word).Purpose;
            if (purpose == Purposes.None) return null;
            purposes |= purpose;
        }
        if (body.HopsLeft is < 0 or > HopsMax ) return null;
        return new CarriedTerms(purposes, body.HopsLeft, body.To?.ToImmutableArray(), body.DerivedProductsFor?.ToImmutableArray(), body.KeepUntil);
    }

    private static ImmutableArray<PartnerId>? Names(ImmutableArray<PartnerId>? partners)
        => partners is { } some ? [.. some.OrderBy(partner => partner.Value, StringComparer.Ordinal)] : null;

    private static bool Same(ImmutableArray<PartnerId>? left, ImmutableArray<PartnerId>? right)
        => left is { } a ? right is { } b && a.SequenceEqual(b) : right is null;

    private sealed record Body(string[] Purposes, int HopsLeft,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<PartnerId>? To = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<PartnerId>? DerivedProductsFor = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Epoch? KeepUntil = null);
}
