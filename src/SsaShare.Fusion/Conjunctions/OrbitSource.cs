using System.Collections.Immutable;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>What kind of knowledge an orbit is.</summary>
public enum OrbitSourceKind
{
    ElementSet = 1,
    OrbitState = 2,
    Ephemeris = 3,
    /// <summary>Composed from several records for those who may see them all.</summary>
    Fused = 4,
}

/// <summary>Which orbits follow each other: those of one object, from one originator, of one kind, with or without a plan of manoeuvres, in one mode. Of each line a reader's newest counts.</summary>
/// <param name="ObjectKey">By <see cref="ObjectDesignation.Key"/>.</param>
/// <param name="Originator">Null for what the service composed itself.</param>
/// <param name="IsPlanned">The orbit holds manoeuvres still to come.</param>
public readonly record struct SourceLine(DataMode Mode, string ObjectKey, PartnerId? Originator, OrbitSourceKind Kind, bool IsPlanned)
{
    /// <summary>Any order, always the same.</summary>
    internal static int Compare(SourceLine a, SourceLine b)
    {
        int order = a.Mode.CompareTo(b.Mode);
        if (order == 0) order = string.CompareOrdinal(a.ObjectKey, b.ObjectKey);
        if (order == 0) order = string.CompareOrdinal(a.Originator?.Value, b.Originator?.Value);
        if (order == 0) order = a.Kind.CompareTo(b.Kind);
        return order != 0 ? order : a.IsPlanned.CompareTo(b.IsPlanned);
    }
}

/// <summary>One orbit of one object that rests on named records. Immutable; equal content, equal <see cref="Id"/>, and equal by it.</summary>
public sealed class OrbitSource : IEquatable<OrbitSource>
{
    /// <summary>Most records that one orbit rests on.</summary>
    public const int BasisMax = 100_000;

    /// <param name="designation">Whose orbit, by name.</param>
    /// <param name="originator">Who published it; null for what the service composed itself.</param>
    /// <param name="basis">Every record it was made from, that of a plan of manoeuvres included. Only who may see all of them may know of this orbit.</param>
    /// <param name="mode">Of the data: orbits of different modes never meet.</param>
    /// <param name="asOf">Up to when it knows the object: epoch of the elements or of the state, last observation of a fit, making of an ephemeris. Of a line the latest counts.</param>
    /// <param name="published">By the publication of its latest record; decides between two of one <paramref name="asOf"/>.</param>
    /// <param name="encounter">Motion, uncertainty, radius and what a message says of it; its number plays no part.</param>
    /// <param name="volume">Screened around it; null for the board's.</param>
    /// <param name="plan">Manoeuvres that the motion holds; none where null.</param>
    /// <exception cref="ArgumentException">No record, or too many.</exception>
    public OrbitSource(ObjectDesignation designation, OrbitSourceKind kind, PartnerId? originator, IEnumerable<RecordId> basis, DataMode mode, Epoch asOf, Epoch published, EncounterObject encounter,
        ScreeningVolume? volume = null, IEnumerable<ManeuverNotice>? plan = null)
    {
        ArgumentNullException.ThrowIfNull(encounter);
        // In one order, so that the id does not depend on the caller's.
        Basis = [.. basis.Distinct().OrderBy(record => record.ToString(), StringComparer.Ordinal)];
        if (Basis.Length is 0 or > BasisMax) throw new ArgumentException($"An orbit rests on 1 to {BasisMax} records, not on {Basis.Length}.", nameof(basis));
        (Designation, Kind, Originator, Mode, AsOf, Published, Encounter, Volume, Plan) = (designation, kind, originator, mode, asOf, published, encounter, volume, [.. plan ?? []]);
        Line = new SourceLine(mode, designation.Key, originator, kind, Plan.Length > 0);
        Id = SourceHash.Of(this);
    }

    public OrbitSourceId Id { get; }
    public ObjectDesignation Designation { get; }
    public OrbitSourceKind Kind { get; }
    public PartnerId? Originator { get; }

    /// <summary>Each once, in order.</summary>
    public ImmutableArray<RecordId> Basis { get; }

    public DataMode Mode { get; }
    public Epoch AsOf { get; }
    public Epoch Published { get; }
    public EncounterObject Encounter { get; }
    public ScreeningVolume? Volume { get; }
    public ImmutableArray<ManeuverNotice> Plan { get; }
    public SourceLine Line { get; }

    /// <summary>Whether it replaces another of its line: what knows the object up to later; then what rests on more records, what was published later, and of all that are equal so far the one whose records come first: an order of the records alone, which whoever holds records can keep too.</summary>
    public bool IsNewerThan(OrbitSource other)
    {
        int order = AsOf.CompareTo(other.AsOf);
        if (order == 0) order = Basis.Length.CompareTo(other.Basis.Length);
        if (order == 0) order = Published.CompareTo(other.Published);
        if (order == 0) order = CompareBases(other.Basis, Basis);
        return (order != 0 ? order : OrbitSourceId.Compare(Id, other.Id)) > 0;
    }

    private static int CompareBases(ImmutableArray<RecordId> a, ImmutableArray<RecordId> b)
    {
        for (int i = 0; i < a.Length; i++)
            if (a[i] != b[i]) return string.CompareOrdinal(a[i].ToString(), b[i].ToString());
        return 0;
    }

    public bool Equals(OrbitSource? other) => other is not null && Id == other.Id;
    public override bool Equals(object? obj) => Equals(obj as OrbitSource);
    public override int GetHashCode() => Id.GetHashCode();
    public override string ToString() => $"{Line.ObjectKey} {Kind} of {Originator?.Value ?? "the service"}, {AsOf}";
}
