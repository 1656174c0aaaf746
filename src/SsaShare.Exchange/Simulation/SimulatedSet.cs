using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Agreements to simulate, and the time as of which they decide.</summary>
public sealed record SimulatedSet(IReadOnlyList<SimulatedTerms> Agreements, Epoch DecidedAt);

/// <summary>One agreement to simulate.</summary>
/// <param name="Agreement">Signed by all, by some, or by nobody.</param>
/// <param name="State">Where it stands here, or is taken to stand.</param>
/// <param name="IsDraft">Whether it is taken as in force although nobody signed it.</param>
public sealed record SimulatedTerms(Agreement Agreement, AgreementState State, bool IsDraft);
