using SsaShare.Domain;

namespace SsaShare.Agreements.Tests;

/// <summary>The meaning of the clauses written out plainly, clause by clause: what the compiled form must equal.</summary>
internal static class ClearPolicy
{
    /// <summary>The uses that the clauses leave a recipient; gates (state, validity, parties, label) are not looked at.</summary>
    public static Purposes Uses(AgreementTerms terms, RecordFacts facts, PartnerId provider, PartnerId recipient, PartnerId? derivedReader)
    {
        var uses = Purposes.None;
        foreach (var grant in terms.Grants)
        {
            bool originator = grant.Originators.IsAny ? facts.Originator == provider : grant.Originators.Values.Contains(facts.Originator);
            bool level = grant.MaxLevel is null || facts.Label.Level <= grant.MaxLevel;
            bool derived = derivedReader is null || grant.DerivedProductsFor.Values.Contains(derivedReader.Value);
            if (originator && level && derived && Covers(grant, facts, provider, recipient, unknown: false)) uses |= grant.Purposes;
        }
        foreach (var prohibition in terms.Prohibitions)
        {
            bool originator = prohibition.Originators.IsAny || prohibition.Originators.Values.Contains(facts.Originator);
            bool level = prohibition.AboveLevel is null || facts.Label.Level > prohibition.AboveLevel;
            bool derived = prohibition.DerivedProductsFor.IsAny || (derivedReader is not null && prohibition.DerivedProductsFor.Values.Contains(derivedReader.Value));
            if (originator && level && derived && Covers(prohibition, facts, provider, recipient, unknown: true)) uses &= ~prohibition.Purposes;
        }
        return derivedReader is null ? uses : uses & Purposes.Fusion;
    }

    private static bool Covers(Clause clause, RecordFacts facts, PartnerId provider, PartnerId recipient, bool unknown)
        => (clause.From.IsAny || clause.From.Values.Contains(provider))
            && (clause.To.IsAny || clause.To.Values.Contains(recipient))
            && (clause.RecordClasses.IsAny || clause.RecordClasses.Values.Contains(facts.Class))
            && (clause.DataModes.IsAny || clause.DataModes.Values.Contains(facts.Label.Mode))
            && (clause.Sensors.IsAny || (facts.Sensor is { } sensor ? clause.Sensors.Values.Contains(sensor) : unknown))
            && (clause.Regimes.IsAny || (facts.Regime != OrbitalRegime.Unspecified ? clause.Regimes.Values.Contains(facts.Regime) : unknown))
            && (clause.Objects.IsAny || (ObjectTag.TryParse(facts.ObjectTag, out var tag) ? clause.Objects.Values.Contains(tag) : unknown));
}
