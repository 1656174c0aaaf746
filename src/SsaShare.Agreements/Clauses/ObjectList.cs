using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>Objects that clauses name together. Equal by content.</summary>
/// <param name="Id">Unique among the agreement's lists.</param>
/// <param name="Objects">As records tag them; at least one.</param>
/// <param name="OwnerNation">The nation that owns them all; null when not said.</param>
/// <param name="ProtectedBy">The party whose protected assets they are; null when nobody's.</param>
public sealed record ObjectList(ObjectListId Id, ImmutableArray<ObjectTag> Objects, NationCode? OwnerNation = null, PartnerId? ProtectedBy = null)
{
    public bool Equals(ObjectList? other)
        => other is not null && (Id, OwnerNation, ProtectedBy) == (other.Id, other.OwnerNation, other.ProtectedBy) && Objects.AsSpan().SequenceEqual(other.Objects.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Id, Objects.Length);
}

/// <summary>An object list's name, unique among the lists of its agreement; written like a <see cref="ClauseId"/>.</summary>
public readonly record struct ObjectListId
{
    private readonly string? _value;

    private ObjectListId(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("A default ObjectListId names no list.");

    public static bool TryParse([NotNullWhen(true)] string? text, out ObjectListId id)
    {
        bool ok = ClauseId.TryParse(text, out _);
        id = ok ? new ObjectListId(text!) : default;
        return ok;
    }

    public override string ToString() => _value ?? "(none)";
}
