using System.Globalization;
using System.Text;
using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>An agreement to begin authoring from: it reads as it stands, and says beside each field what else may be written.</summary>
public static class AgreementTemplate
{
    /// <summary>YAML text. A line that begins with '#' and no space is a field to take up by deleting the '#'.</summary>
    /// <param name="parties">Two or more different partners.</param>
    /// <param name="validFrom">First instant of release.</param>
    /// <param name="validUntil">First instant of no more release.</param>
    /// <exception cref="ArgumentException">Fewer than two parties, more than <see cref="DocumentLimits.PartiesMax"/>, or an empty validity.</exception>
    public static string Yaml(IReadOnlyList<PartnerId> parties, Epoch validFrom, Epoch validUntil)
    {
        if (parties.Distinct().Count() != parties.Count || parties.Count < 2 || parties.Count > DocumentLimits.PartiesMax)
            throw new ArgumentException($"An agreement has 2 to {DocumentLimits.PartiesMax} different parties.", nameof(parties));
        if (validUntil <= validFrom) throw new ArgumentException("The validity is empty.", nameof(validUntil));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # An agreement on sharing data of space situational awareness. What no grant covers is withheld; a prohibition wins over every grant.
            # Lines that begin with '#' and no space are fields that may be taken up: delete the '#'. Check with: ssa agreement validate FILE
            # What each field means: docs/agreements.md
            kind: ssashare/agreement/v1
            title: Exchange of observations between {(parties.Count <= 3 ? string.Join(" and ", parties) : $"{parties.Count} partners")}
            parties:
            {Lines(parties, partner => $"  - {partner}")}
              # A party that can do less takes part in less: tier partial is a word for clauses to select by, receive_only never provides.
              #- {Braces("partner: another-partner, tier: receive_only")}
            # When records may be released, in UTC: from the first instant, up to and without the second. Not how old the records are.
            valid_from: {Utc.Format(validFrom)}
            valid_until: {Utc.Format(validUntil)}
            # REAL, TEST, SIMULATED, EXERCISE: records of other modes never travel under this agreement.
            data_modes: [REAL]
            # The agreement whose place this one takes: its id.
            #supersedes: 0000000000000000000000000000000000000000000000000000000000000000
            # Objects that clauses name together, by NORAD id or tag.
            #object_lists:
              #- {Braces($"id: own-satellites, objects: [25544, MY-SATELLITE], owner_nation: JP, protected_by: {parties[0]}")}
            # Forms that hide something of a record. Sigmas and steps are 1, 2 or 5 times a power of ten, in the unit of their name.
            #degradation_profiles:
              #- {Braces("id: coarse, range_sigma_km: 0.5, angle_sigma_deg: 0.02, position_sigma_km: 1, epoch_step_s: 1, remove: [object_tag]")}
            # What a degraded release for safety_of_flight must not exceed. What stands not here must not be degraded for it.
            #safety_of_flight_minimum: {Braces("range_sigma_km: 1, angle_sigma_deg: 0.05, position_sigma_km: 2, epoch_step_s: 1")}
            # How much flows, for each pair of provider and recipient.
            #limits:
              #- {Braces($"id: daily-volume, from: [{parties[0]}], records_per_minute: 6000, records_per_day: 1000000, bytes_per_day: 1000000000")}
            # required: a recipient signs for what it got before it gets more.
            #receipts: required
            # Witnesses that must have cosigned a provider's log, 0 to 16; left out: none.
            #witness_quorum: 1
            # Whose cosignatures count (otherwise the parties'; a provider's own never does), and how long records flow without them.
            #witnesses: [{string.Join(", ", parties)}]
            #witness_grace: 1h
            # What recipients do with the records when the agreement is revoked or expires: keep or delete.
            #after_end: delete

            grants:
            {Lines(parties, partner => Grant(parties, partner))}
            #prohibitions:
              #- id: no-own-satellites
                #from: [{parties[0]}]
                #protected_assets_of: [{parties[0]}]

            """);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Grant(IReadOnlyList<PartnerId> parties, PartnerId provider) => $"""
          - id: observations-of-{provider}
            from: [{provider}]
            to: [{string.Join(", ", parties.Where(partner => partner != provider))}]
            # observation, element_set, orbit_state, ephemeris, conjunction_message, maneuver_notice, event_notice, sensor
            record_classes: [observation, sensor]
            # public, partners_only, restricted
            max_level: partners_only
            # safety_of_flight, fusion, research, enforcement
            purposes: [safety_of_flight, research]
        {(provider == parties[0] ? Options(parties[1]) : "")}
        """;

    private static string Options(PartnerId other) => $"""

          - id: more-of-{other}
            from: [{other}]
            # Any selector that is left out means any; of another's records a grant must name the originators.
            #originators: [{other}]
            #to_tiers: [full, partial]
            #sensors: [SENSOR-1]
            #object_lists: [own-satellites]
            #objects: [25544]
            #owner_nations: [JP]
            #regimes: [LEO, MEO, GEO, HEO, CISLUNAR]
            #data_modes: [REAL]
            #epoch_from: 2020-01-01T00:00:00Z
            #epoch_until: 2030-01-01T00:00:00Z
            record_classes: [observation]
            purposes: [fusion]
            # Who may be shown products that these records went into.
            #derived_products_for: [{other}]
            # s, min, h or d after the originator published the record.
            #delay: 24h
            #degradation: coarse
            # How long the recipient may keep a record.
            #retention: 30d
            # none, named, same_tier, public; how often, from recipient to recipient.
            #onward: named
            #onward_to: [another-partner]
            #onward_hops: 1
        """;

    private static string Lines<T>(IEnumerable<T> items, Func<T, string> line) => string.Join('\n', items.Select(item => line(item).TrimEnd()));

    private static string Braces(string fields) => $"{{{fields}}}";
}
