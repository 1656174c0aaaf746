using System.Globalization;

namespace SsaShare.Orbits;

/// <summary>More pairs move together than can be followed over the span: refused as a whole, for what would be left out cannot be named before it is followed.</summary>
public sealed class CrowdedScreeningException : ArgumentException
{
    /// <param name="pairs">As many can be followed.</param>
    /// <param name="id">The object that moves with the most others.</param>
    /// <param name="others">As far as they were counted.</param>
    internal CrowdedScreeningException(int pairs, long id, int others)
        : base(string.Create(CultureInfo.InvariantCulture, $"More than {pairs:N0} pairs move together, {id} with at least {others:N0} others: hardly distinct orbits. Screen one object for each such group, or a smaller volume."))
        => Id = id;

    /// <summary>The object that moves with the most others.</summary>
    public long Id { get; }
}
