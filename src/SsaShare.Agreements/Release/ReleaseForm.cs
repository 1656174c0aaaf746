namespace SsaShare.Agreements;

/// <summary>In which form a record is released: as its originator published it (the default), or degraded by a profile of the agreement.</summary>
public readonly record struct ReleaseForm
{
    private readonly ProfileId _profile;

    private ReleaseForm(ProfileId profile) => _profile = profile;

    /// <summary>As published.</summary>
    public static ReleaseForm Full => default;

    /// <exception cref="ArgumentException">No profile.</exception>
    public static ReleaseForm Degraded(ProfileId profile)
        => profile == default ? throw new ArgumentException("A degraded form names its profile.", nameof(profile)) : new ReleaseForm(profile);

    public bool IsFull => _profile == default;

    /// <summary>The profile; null when full.</summary>
    public ProfileId? Profile => IsFull ? null : _profile;

    public override string ToString() => IsFull ? "full" : _profile.ToString();
}
