using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Fusion;

namespace SsaShare.FusionService;

/// <summary>Why an orbit takes no part in the screening.</summary>
internal enum UnscreenedReason
{
    /// <summary>A state of more than <see cref="OrbitSourceMaker.OldestStateDays"/> days ago.</summary>
    TooOld = 1,
    /// <summary>Determined for a time to come beyond <see cref="BoardOptions.FutureMax"/>.</summary>
    TooFarAhead = 2,
    /// <summary>There is no motion from it through the window.</summary>
    NotFollowed = 3,
    /// <summary>Screening fails with it.</summary>
    Failing = 4,
}

/// <summary>An orbit that takes no part in the screening.</summary>
/// <param name="Line">Of the orbits among which it would count.</param>
/// <param name="Basis">Who may see all of these may know of it.</param>
internal sealed record UnscreenedOrbit(SourceLine Line, IReadOnlyList<RecordId> Basis, UnscreenedReason Reason)
{
    /// <summary>It could be screened had it another epoch.</summary>
    public bool IsOutdated => Reason is UnscreenedReason.TooOld or UnscreenedReason.TooFarAhead;

    public static UnscreenedOrbit Of(PublishedOrbit orbit, UnscreenedReason reason)
        => new(new SourceLine(DataMode.Real, OrbitSourceMaker.Designate(orbit.Tag, orbit.Originator).Key, orbit.Originator, orbit.Elements is null ? OrbitSourceKind.OrbitState : OrbitSourceKind.ElementSet, IsPlanned: false),
            [orbit.Record], reason);

    public static UnscreenedOrbit Of(FailingOrbit failing) => new(failing.Source.Line, failing.Source.Basis, UnscreenedReason.Failing);
}
