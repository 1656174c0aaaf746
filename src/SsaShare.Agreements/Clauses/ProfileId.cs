using System.Diagnostics.CodeAnalysis;

namespace SsaShare.Agreements;

/// <summary>A degradation profile's name, unique within its agreement; written like a <see cref="ClauseId"/>.</summary>
public readonly record struct ProfileId : IComparable<ProfileId>
{
    private readonly string? _value;

    private ProfileId(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("A default ProfileId names no profile.");

    public static bool TryParse([NotNullWhen(true)] string? text, out ProfileId id)
    {
        bool ok = ClauseId.TryParse(text, out _);
        id = ok ? new ProfileId(text!) : default;
        return ok;
    }

    public int CompareTo(ProfileId other) => string.CompareOrdinal(_value, other._value);
    public static bool operator <(ProfileId left, ProfileId right) => left.CompareTo(right) < 0;
    public static bool operator >(ProfileId left, ProfileId right) => left.CompareTo(right) > 0;
    public static bool operator <=(ProfileId left, ProfileId right) => left.CompareTo(right) <= 0;
    public static bool operator >=(ProfileId left, ProfileId right) => left.CompareTo(right) >= 0;

    public override string ToString() => _value ?? "(none)";
}
