namespace SsaShare.Domain;

/// <summary>SsaShare's own identity of a space object. Catalogue numbers are cross-references to it, never the identity.</summary>
public readonly record struct ObjectId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}
