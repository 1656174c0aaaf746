using System.Globalization;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Fusion;
using SsaShare.Protocol;

namespace SsaShare.FusionService;

/// <summary>Which approaches a reader asks for.</summary>
/// <param name="Object">Tag or id of an object; empty for all.</param>
/// <param name="MinProbability">0 for all.</param>
/// <param name="From">First time of closest approach; null for all.</param>
/// <param name="Until">And before this one.</param>
/// <param name="IncludesPast">Also those that the newest orbits no longer have.</param>
internal sealed record ConjunctionSelection(string Object, double MinProbability, Epoch? From, Epoch? Until, bool IncludesPast)
{
    /// <summary>Whether a text can name an object.</summary>
    public static bool IsObject(string text) => ObjectTag.TryParse(text, out _);

    public bool Takes(BoardConjunction one)
        => (one.IsCurrent || IncludesPast) && (From is null || one.Approach.Tca >= From) && (Until is null || one.Approach.Tca < Until)
            && (MinProbability <= 0 || one.Probability.Recommended.Probability >= MinProbability) && (Object.Length == 0 || Is(one.First) || Is(one.Second));

    private bool Is(OrbitSource source)
        => ObjectTag.TryParse(Object, out var asked) && ObjectTag.TryParse(ConjunctionMapper.NameOf(source.Designation), out var name) && name == asked;
}

/// <summary>Where an approach stands in a reader's list.</summary>
/// <param name="Time">Of closest approach, TAI nanoseconds since J2000.</param>
/// <param name="Id">Of the conjunction.</param>
internal readonly record struct ConjunctionPlace(long Time, string Id) : IComparable<ConjunctionPlace>
{
    public const int IdDigits = 64, IdDigitsMin = 8;

    public static ConjunctionPlace Of(BoardConjunction one) => new(one.Approach.Tca.NanosecondsSinceJ2000, one.Id.ToString());

    /// <summary>Total.</summary>
    public static bool TryParse(string text, out ConjunctionPlace place)
    {
        place = default;
        if (text.Split('-') is not [{ Length: 16 } time, { Length: IdDigits } id] || !IsIdOrItsBeginning(id) || !ulong.TryParse(time, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong nanoseconds)) return false;
        place = new ConjunctionPlace((long)nanoseconds, id);
        return true;
    }

    public static bool IsIdOrItsBeginning(string text) => text.Length is >= IdDigitsMin and <= IdDigits && text.All(char.IsAsciiHexDigit);

    /// <summary>The first of those behind a place.</summary>
    /// <param name="after">Null for the beginning.</param>
    /// <param name="ordered">In order of time; those of one time in any order.</param>
    public static List<(ConjunctionPlace Place, BoardConjunction One)> PageAfter(ConjunctionPlace? after, IEnumerable<BoardConjunction> ordered, int size)
    {
        var page = new List<(ConjunctionPlace Place, BoardConjunction One)>(size);
        foreach (var one in ordered)
        {
            // Only of those that may belong to the page the place is written.
            if (after is { } former && one.Approach.Tca.NanosecondsSinceJ2000 < former.Time) continue;
            if (page.Count >= size && one.Approach.Tca.NanosecondsSinceJ2000 > page[^1].Place.Time) break;
            var place = Of(one);
            if (after is null || place.CompareTo(after.Value) > 0) page.Add((place, one));
        }
        return [.. page.OrderBy(one => one.Place).Take(size)];
    }

    public int CompareTo(ConjunctionPlace other) => Time != other.Time ? Time.CompareTo(other.Time) : string.CompareOrdinal(Id, other.Id);

    public override string ToString() => $"{(ulong)Time:x16}-{Id}";
}
