using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>A source that is screened.</summary>
/// <param name="Number">In the screening; the same as long as the source stays.</param>
internal sealed record AdmittedSource(OrbitSource Source, long Number, ScreenedObject Object)
{
    /// <summary>Why its motion failed; null while it has not.</summary>
    public string? Fault => Object is ScreenedEphemeris { Motion: GuardedMotion guard } ? guard.Fault : null;

    /// <exception cref="ArgumentException">It cannot be screened: what its motion threw, as the inner exception.</exception>
    public static AdmittedSource Of(OrbitSource source, long number, long body)
    {
        try
        {
            var screened = source.Encounter.Motion.ToScreened(number, source.Volume) with { Id = number, Volume = source.Volume, Body = body };
            if (screened is ScreenedEphemeris ephemeris) screened = ephemeris with { Motion = new GuardedMotion(ephemeris.Motion) };
            return new AdmittedSource(source, number, screened);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new ArgumentException($"Its motion cannot be screened: {failure.Message}", nameof(source), failure);
        }
    }
}
