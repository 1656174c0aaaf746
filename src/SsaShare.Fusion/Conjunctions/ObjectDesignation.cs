using System.Diagnostics.CodeAnalysis;
using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>A partner's own name of an object.</summary>
/// <param name="Owner">Who calls it so.</param>
/// <param name="Name">Its name there; not empty.</param>
public readonly record struct OwnDesignation(PartnerId Owner, string Name);

/// <summary>How an object is called by whoever tells of its orbit. Hints: names are not identity, and where all that is known of two sources is names, names decide.</summary>
public sealed record ObjectDesignation
{
    /// <param name="catalogNumber">Above 0; null where there is none.</param>
    /// <param name="cosparId">International designator, for example "1998-067A"; null, empty or "UNKNOWN" where there is none.</param>
    /// <param name="own">Null where there is none.</param>
    /// <exception cref="ArgumentException">No name at all, or a number that is not above 0, or an empty own name.</exception>
    public ObjectDesignation(long? catalogNumber = null, string? cosparId = null, OwnDesignation? own = null)
    {
        if (catalogNumber is <= 0) throw new ArgumentException($"Expected a catalogue number above 0, got {catalogNumber}.", nameof(catalogNumber));
        if (own is { } name && string.IsNullOrWhiteSpace(name.Name)) throw new ArgumentException("An own name is not empty.", nameof(own));
        string? cospar = cosparId?.Trim().ToUpperInvariant();
        if (cospar is "" or "UNKNOWN") cospar = null;
        if (catalogNumber is null && cospar is null && own is null) throw new ArgumentException("An object needs a name of some kind.");
        (CatalogNumber, CosparId, Own) = (catalogNumber, cospar, own);
        Key = catalogNumber is not null ? FormattableString.Invariant($"catalog/{catalogNumber}") : cospar is not null ? $"cospar/{cospar}" : $"own/{own!.Value.Owner}/{own.Value.Name}";
    }

    public long? CatalogNumber { get; }

    /// <summary>In capitals.</summary>
    public string? CosparId { get; }

    public OwnDesignation? Own { get; }

    /// <summary>The strongest name there is: catalogue number, else international designator, else own name.</summary>
    public string Key { get; }

    /// <summary>Whether two names are of one object, as far as names say: the strongest kind that both have decides. It depends on these two alone, so that no third name can join or part them.</summary>
    public bool IsSameObjectAs([NotNullWhen(true)] ObjectDesignation? other)
    {
        if (other is null) return false;
        if (CatalogNumber is not null && other.CatalogNumber is not null) return CatalogNumber == other.CatalogNumber;
        if (CosparId is not null && other.CosparId is not null) return CosparId == other.CosparId;
        return Own is not null && Own == other.Own;
    }

    public override string ToString() => Key;
}
