using SsaShare.Agreements;

namespace SsaShare.Exchange;

/// <summary>Nothing is given under an agreement that is not in force in the store, whatever was known when the answer was composed.</summary>
public sealed class AgreementEndedException(AgreementId agreement, AgreementState state) : Exception($"Agreement {agreement} is {state}.")
{
    public AgreementId Agreement => agreement;

    /// <summary>As it is stored.</summary>
    public AgreementState State => state;
}
