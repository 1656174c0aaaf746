using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// An object whose state and whose uncertainty are known at instants of its choice: what messages and probabilities need of it, beside the screening that finds its approaches. Immutable; safe for concurrent use.
/// </summary>
public interface IUncertainMotion
{
    /// <summary>Whether there is a state at an instant.</summary>
    bool Covers(Epoch epoch);

    /// <summary>Position and velocity, GCRF, km and km/s. What is given in TEME is turned by theory (<see cref="Fk5"/>), as the screening turns it, so that distances are the same.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none: see <see cref="Covers"/>.</exception>
    CartesianState StateAt(Epoch epoch);

    /// <summary>How sure the state is.</summary>
    /// <returns>Null where nothing is known of it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no state: see <see cref="Covers"/>.</exception>
    UncertaintyAt? UncertaintyAt(Epoch epoch);

    /// <summary>The same motion for the screening.</summary>
    /// <param name="id">Its number in the catalog.</param>
    /// <param name="volume">Its own; null for the common one.</param>
    ScreenedObject ToScreened(long id, ScreeningVolume? volume = null);
}
