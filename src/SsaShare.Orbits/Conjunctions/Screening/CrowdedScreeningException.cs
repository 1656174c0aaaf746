using System.Globalization;

namespace SsaShare.Orbits;

/// <summary>More pairs move together than can be followed over the span: refused as a whole, for what would be left out cannot be named before it is followed.</summary>
public sealed class CrowdedScreeningException : ArgumentException
{
    /// <param name="pairs">As many can be followed.</param>
    /// <param name="id">The object that moves with the most others.</param>
    /// <param name="others">As far as they were found.</param>
    internal CrowdedScreeningException(int pairs, long id, IReadOnlyList<long> others)
        : base(string.Create(CultureInfo.InvariantCulture, $"More than {pairs:N0} pairs move together, {id} with at least {others.Count:N0} others: hardly distinct orbits. Screen one object for each such group, or a smaller volume."))
        => (Id, Others) = (id, others);

    /// <summary>The object that moves with the most others.</summary>
    public long Id { get; }

    /// <summary>Those it moves with, as far as they were found; numbers ascend.</summary>
    public IReadOnlyList<long> Others { get; }
}
