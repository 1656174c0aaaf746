using System.Text.Json;
using SsaShare.Domain;

namespace SsaShare.Agreements;

internal static partial class AgreementPayload
{
    private static void WriteClause(Utf8JsonWriter json, Clause clause)
    {
        json.WriteString(Words.Id, clause.Id.Value);
        WriteSelector(json, Words.From, clause.From, partner => partner.Value);
        WriteSelector(json, Words.To, clause.To, partner => partner.Value);
        WriteSelector(json, Words.FromTiers, clause.FromTiers, Vocabulary.Tiers.WordOf);
        WriteSelector(json, Words.ToTiers, clause.ToTiers, Vocabulary.Tiers.WordOf);
        WriteSelector(json, Words.Originators, clause.Originators, partner => partner.Value);
        WriteSelector(json, Words.RecordClasses, clause.RecordClasses, Vocabulary.RecordClasses.WordOf);
        WriteSelector(json, Words.Sensors, clause.Sensors, sensor => sensor.Value);
        WriteSelector(json, Words.Objects, clause.Objects, tag => tag.Value);
        WriteSelector(json, Words.ObjectLists, clause.ObjectLists, list => list.Value);
        WriteSelector(json, Words.OwnerNations, clause.OwnerNations, nation => nation.Value);
        WriteSelector(json, Words.ProtectedAssetsOf, clause.ProtectedAssetsOf, partner => partner.Value);
        WriteSelector(json, Words.Regimes, clause.Regimes, Vocabulary.Regimes.WordOf);
        WriteSelector(json, Words.DataModes, clause.DataModes, Vocabulary.DataModes.WordOf);
        WriteTime(json, Words.EpochFrom, clause.EpochFrom);
        WriteTime(json, Words.EpochUntil, clause.EpochUntil);
        WriteTime(json, Words.ValidFrom, clause.ValidFrom);
        WriteTime(json, Words.ValidUntil, clause.ValidUntil);
        if (clause is Grant { MaxLevel: { } most }) json.WriteString(Words.MaxLevel, Vocabulary.Levels.WordOf(most));
        if (clause is Prohibition { AboveLevel: { } above }) json.WriteString(Words.AboveLevel, Vocabulary.Levels.WordOf(above));
        if (clause.Purposes != Purposes.Any) WriteList(json, Words.Purposes, PurposeBits.Split(clause.Purposes), Vocabulary.Purposes.WordOf);
        WriteSelector(json, Words.DerivedProductsFor, clause.DerivedProductsFor, partner => partner.Value);
        if (clause is Grant grant) WriteDuties(json, grant);
    }

    private static void WriteDuties(Utf8JsonWriter json, Grant grant)
    {
        if (grant.Delay > TimeSpan.Zero) json.WriteString(Words.Delay, DurationText.Format(grant.Delay));
        if (grant.Degradation != default) json.WriteString(Words.Degradation, grant.Degradation.Value);
        if (grant.Retention is { } retention) json.WriteString(Words.Retention, DurationText.Format(retention));
        if (grant.Onward == OnwardAudience.None) return;
        json.WriteString(Words.Onward, Vocabulary.Audiences.WordOf(grant.Onward));
        WriteSelector(json, Words.OnwardTo, grant.OnwardTo, partner => partner.Value);
        if (grant.OnwardHops != 1) json.WriteString(Words.OnwardHops, Number(grant.OnwardHops));
    }

    private static void WriteTime(Utf8JsonWriter json, string name, Epoch? time)
    {
        if (time is { } epoch) json.WriteString(name, Utc.Format(epoch));
    }
}
