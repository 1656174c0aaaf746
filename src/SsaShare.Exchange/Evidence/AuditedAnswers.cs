using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>What a denial must say where a log holds it.</summary>
internal static class AuditedAnswers
{
    /// <returns>What is wrong with a denial that the log says its node issued, or null.</returns>
    public static string? WhyNotIssued(DenialDocument denial, PartnerId partner) => denial.Provider != partner ? $"'{partner}' is not its provider" : WhyMalformed(denial);

    /// <returns>Why a denial cannot have been signed when the log says so, or null.</returns>
    public static string? WhyLate(DenialDocument denial, Epoch logged)
        => denial.At > logged.Plus(AuditedLog.LongestDelay) || denial.At.Plus(AuditedLog.LongestDelay) < logged ? $"it says {denial.At} and was logged at {logged}" : null;

    /// <returns>What is wrong with a denial that the log says its node received, or null.</returns>
    public static string? WhyNotReceived(DenialDocument denial, PartnerId partner)
        => denial.Receiver != partner || denial.Provider == partner ? $"'{partner}' is not its receiver" : WhyMalformed(denial);

    private static string? WhyMalformed(DenialDocument denial) => denial.Reason == DenialReason.Unspecified || denial.Receiver == denial.Provider ? "it gives no reason, or denies something to its own provider" : null;
}
