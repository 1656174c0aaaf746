using System.Text;

namespace SsaShare.Agreements.Tests;

/// <summary>What authors get wrong with lists, profiles, limits, duties and windows: refused with the place and what to write.</summary>
public sealed class VocabularyRefusalTests
{
    private const string Good = """
        kind: ssashare/agreement/v1
        title: A test
        parties:
          - atlantic
          - {partner: pacific, tier: partial}
          - {partner: caribbean, tier: receive_only}
        valid_from: 2026-01-01T00:00:00Z
        valid_until: 2036-01-01T00:00:00Z
        data_modes: [REAL]
        object_lists:
          - {id: own-assets, objects: [5398, MYSAT], owner_nation: JP, protected_by: pacific}
        degradation_profiles:
          - {id: coarse, range_sigma_km: 0.5, angle_sigma_deg: 0.01, epoch_step_s: 1, remove: [object_tag]}
        safety_of_flight_minimum: {range_sigma_km: 1, angle_sigma_deg: 0.01, epoch_step_s: 1}
        limits:
          - {id: pace, from: [atlantic], to: [pacific], records_per_minute: 600, bytes_per_day: 1000000}
        receipts: required
        witness_quorum: 0
        after_end: delete
        grants:
          - id: all-observations
            from: [pacific]
            to: [atlantic]
            to_tiers: [full]
            object_lists: [own-assets]
            owner_nations: [JP]
            protected_assets_of: [pacific]
            epoch_from: 1990-01-01T00:00:00Z
            epoch_until: 2030-01-01T00:00:00Z
            valid_from: 2027-01-01T00:00:00Z
            valid_until: 2028-01-01T00:00:00Z
            delay: 24h
            degradation: coarse
            retention: 30d
            onward: named
            onward_to: [stranger]
            onward_hops: 2
            purposes: [fusion, research]
        """;

    [Fact]
    public void ReadYaml_GoodDocument_HasNoIssues() => Assert.Empty(Read(Good));

    [Theory]
    [InlineData("tier: partial", "tier: partail", "line 5, column 30: 'partail' is not a known tier. Did you mean 'partial'?")]
    [InlineData("{partner: pacific, tier: partial}", "{name: pacific}", "line 5, column 5: 'partner' is missing.")]
    [InlineData("{partner: pacific, tier: partial}", "{partner: atlantic}", "line 5, column 5: 'atlantic' is listed twice in 'parties'.")]
    [InlineData("{partner: pacific, tier: partial}", "{partner: pacific, signing_key: x}", "line 5, column 24: 'signing_key' is not a known field. Known: partner, tier.")]
    [InlineData("owner_nation: JP", "owner_nation: jp", "line 11, column 60: 'jp' is not a nation: two letters as ISO 3166-1 assigns them, upper case. Did you mean 'JP'?")]
    [InlineData("owner_nation: JP", "owner_nation: UK", "line 11, column 60: 'UK' is not a nation: two letters as ISO 3166-1 assigns them, upper case. The United Kingdom is 'GB'.")]
    [InlineData("protected_by: pacific", "protected_by: pacfic", "line 11, column 78: 'pacfic' is not a known party of this agreement. Did you mean 'pacific'?")]
    [InlineData("objects: [5398, MYSAT], ", "", "line 11, column 5: 'objects' is missing.")]
    [InlineData("range_sigma_km: 0.5", "range_sigma_km: 0.5 km", "line 13, column 34: '0.5 km' is not a plain number of km such as 0.001. The unit stands in the field's name.")]
    [InlineData("range_sigma_km: 0.5", "range_sigma_km: 500m", "line 13, column 34: '500m' is not a plain number of km such as 0.001. The unit stands in the field's name.")]
    [InlineData("range_sigma_km: 0.5", "range_sigma_km: 5e-1", "line 13, column 34: '5e-1' is not a plain number of km such as 0.001.")]
    [InlineData("range_sigma_km: 0.5", "range_sigma_km: -0.5", "line 13, column 34: '-0.5' is not a plain number of km such as 0.001.")]
    [InlineData("range_sigma_km: 0.5", "range_sigma_km: NaN", "line 13, column 34: 'NaN' is not a plain number of km such as 0.001.")]
    [InlineData("range_sigma_km: 0.5", "range_sigma_km: 0.3", "line 13, column 34: '0.3' is not 1, 2 or 5 times a power of ten: take 0.2 or 0.5, so that releases of different precision never average to a better one.")]
    [InlineData("range_sigma_km: 0.5", "range_sigma_km: 500", "line 13, column 34: '500' is outside 0.001 to 100 km.")]
    [InlineData("range_sigma_km: 0.5", "range_sigma_m: 0.5", "line 13, column 18: 'range_sigma_m' is not a known field. Did you mean 'range_sigma_km'?")]
    [InlineData("range_sigma_km: 0.5, angle_sigma_deg: 0.01, epoch_step_s: 1, remove: [object_tag]", "remove: [tag]", "line 13, column 27: 'tag' is not a known field that can be removed. Known: object_tag, range_rate.")]
    [InlineData(", range_sigma_km: 0.5, angle_sigma_deg: 0.01, epoch_step_s: 1, remove: [object_tag]", "", "line 13, column 5: Profile 'coarse' hides nothing: give it a figure or 'remove'.")]
    [InlineData("safety_of_flight_minimum: {range_sigma_km: 1, angle_sigma_deg: 0.01, epoch_step_s: 1}", "safety_of_flight_minimum: {}", "line 14, column 27: 'safety_of_flight_minimum' is empty: leave it out, and no release for safety of flight may be degraded.")]
    [InlineData("records_per_minute: 600", "records_per_minute: 1e3", "line 16, column 69: '1e3' is not a whole number from 1 to 1000000000000000, written with digits only.")]
    [InlineData("records_per_minute: 600", "records_per_minute: 0", "line 16, column 69: '0' is not a whole number from 1 to 1000000000000000, written with digits only.")]
    [InlineData(", records_per_minute: 600, bytes_per_day: 1000000", "", "line 16, column 5: Limit 'pace' limits nothing: give it 'records_per_minute', 'records_per_day' or 'bytes_per_day'.")]
    [InlineData("id: pace", "id: all-observations", "line 16, column 5: A clause or limit 'all-observations' was given before.")]
    [InlineData("receipts: required", "receipts: require", "line 17, column 11: 'require' is not a known receipt duty. Did you mean 'required'?")]
    [InlineData("witness_quorum: 0", "witness_quorum: 17", "line 18, column 17: '17' is not a whole number from 0 to 16, written with digits only.")]
    [InlineData("after_end: delete", "after_end: forget", "line 19, column 12: 'forget' is not a known duty after the end. Known: keep, delete.")]
    [InlineData("from: [pacific]", "from: [caribbean]", "line 22, column 11: 'caribbean' only receives (its tier is receive_only), so it cannot provide.")]
    [InlineData("from: [pacific]", "from_tiers: [receive_only]", "line 22, column 17: A party whose tier is receive_only cannot provide.")]
    [InlineData("to_tiers: [full]", "to_tiers: [partial]", "line 24, column 15: No party of 'to' has a tier of 'to_tiers'.")]
    [InlineData("object_lists: [own-assets]", "object_lists: [own-asets]", "line 25, column 20: 'own-asets' is not a known object list of this agreement. Did you mean 'own-assets'?")]
    [InlineData("owner_nations: [JP]", "owner_nations: [US]", "line 26, column 21: No object list has 'owner_nation: US'.")]
    [InlineData("protected_assets_of: [pacific]", "protected_assets_of: [atlantic]", "line 27, column 27: No object list has 'protected_by: atlantic'.")]
    [InlineData("epoch_until: 2030", "epoch_until: 1980", "line 29, column 18: 'epoch_until' is not after 'epoch_from'.")]
    [InlineData("valid_from: 2027", "valid_from: 2025", "line 30, column 17: 'valid_from' of the clause is before that of the agreement.")]
    [InlineData("valid_until: 2028", "valid_until: 2037", "line 31, column 18: 'valid_until' of the clause is after that of the agreement.")]
    [InlineData("delay: 24h", "delay: 24", "line 32, column 12: '24' is not a duration such as 90s, 30min, 24h or 30d.")]
    [InlineData("delay: 24h", "delay: 30m", "line 32, column 12: '30m' is not a duration such as 90s, 30min, 24h or 30d. Minutes are 'min'.")]
    [InlineData("delay: 24h", "delay: 24 h", "line 32, column 12: '24 h' is not a duration such as 90s, 30min, 24h or 30d.")]
    [InlineData("delay: 24h", "delay: 0h", "line 32, column 12: A duration is at least 1s. Leave the field out for none.")]
    [InlineData("delay: 24h", "delay: 99999999d", "line 32, column 12: A duration is at most 36500d.")]
    [InlineData("degradation: coarse", "degradation: course", "line 33, column 18: 'course' is not a known degradation profile of this agreement. Did you mean 'coarse'?")]
    [InlineData("degradation: coarse", "degradation: coarse\n    record_classes: [ephemeris]", "line 33, column 18: Profile 'coarse' hides nothing of records of class 'ephemeris', so it cannot release them. Grant them in a clause of their own.")]
    [InlineData("retention: 30d", "retention: P30D", "line 34, column 16: 'P30D' is not a duration such as 90s, 30min, 24h or 30d.")]
    [InlineData("onward: named", "onward: name", "line 35, column 13: 'name' is not a known audience. Did you mean 'named'?")]
    [InlineData("onward: named", "onward: public", "line 36, column 16: 'onward_to' needs 'onward: named'.")]
    [InlineData("    onward_to: [stranger]\n", "", "line 35, column 13: 'onward: named' needs 'onward_to'.")]
    [InlineData("onward_hops: 2", "onward_hops: 9", "line 37, column 18: '9' is not a whole number from 1 to 8, written with digits only.")]
    [InlineData("    onward: named\n    onward_to: [stranger]\n", "", "line 35, column 18: 'onward_hops' needs 'onward'.")]
    public void ReadYaml_OneMistake_IsNamedWithItsPlace(string right, string wrong, string issue)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);
        var issues = Read(Good.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Contains(issue, issues.Select(one => one.ToString()));
    }

    [Theory]
    [InlineData("stranger", "at1antic", "'at1antic' looks like the partner 'atlantic'. Choose names that nobody can mix up.")]
    [InlineData("stranger", "atiantic", "'atiantic' looks like the partner 'atlantic'. Choose names that nobody can mix up.")]
    [InlineData("id: pace", "id: a11-observations", "'a11-observations' looks like the clause 'all-observations'. Choose names that nobody can mix up.")]
    [InlineData("degradation_profiles:\n", "degradation_profiles:\n  - {id: c0arse, range_sigma_km: 1}\n", "'coarse' looks like the profile 'c0arse'. Choose names that nobody can mix up.")]
    [InlineData("object_lists:\n  -", "object_lists:\n  - {id: ovvn-assets, objects: [1]}\n  -", "'own-assets' looks like the list 'ovvn-assets'. Choose names that nobody can mix up.")]
    [InlineData("own-assets, objects", "own-a55ets, objects", "'own-assets' is not a known object list of this agreement. Did you mean 'own-a55ets'?")]
    [InlineData("delay:", "d\u0435lay:", "'d\u0435lay' is not a known field. Its character 2 is U+0435, which looks like 'e'. Did you mean 'delay'?")]
    [InlineData("receipts:", "\u2010receipts:", "'\u2010receipts' is not a known field. Its character 1 is U+2010, which looks like '-'. Did you mean 'receipts'?")]
    [InlineData("title: A test", "title: A t\u0435st", "Contains U+0435, which looks like 'e', among other letters.")]
    [InlineData("title: A test", "title: A \uFF54est", "Contains U+FF54, which looks like 't'.")]
    [InlineData("title: A test", "title: A\u00A0test", "Contains U+00A0, which looks like a space.")]
    [InlineData("title: A test", "title: A te\u202Est", "Contains the invisible character U+202E.")]
    [InlineData("title: A test", "title: A te\u3164st", "Contains the invisible character U+3164.")]
    [InlineData("title: A test", "title: A te\U000E0041st", "Contains the invisible character U+E0041.")]
    public void ReadYaml_LookAlike_IsNamed(string right, string wrong, string message)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);
        Assert.Contains(message, Read(Good.Replace(right, wrong, StringComparison.Ordinal)).Select(issue => issue.Message));
    }

    [Theory]
    [InlineData("Überwachung des Weltraums, Größe \"klein\"")]
    [InlineData("Observation de l'espace à l'été")]
    [InlineData("宇宙状況監視 (JAXA)")]
    [InlineData("Космос and ESA")]
    public void ReadYaml_TitleInTheAuthorsAlphabet_IsFine(string title)
        => Assert.Empty(Read(Good.Replace("title: A test", $"title: '{title.Replace("'", "''", StringComparison.Ordinal)}'", StringComparison.Ordinal)));

    [Theory]
    [InlineData("purposes: [fusion, research]", "purposes: [safety_of_flight]", "safety_of_flight_minimum: {range_sigma_km: 1, angle_sigma_deg: 0.01, epoch_step_s: 1}", "", "A degraded release for safety_of_flight needs the agreement's 'safety_of_flight_minimum'.")]
    [InlineData("    purposes: [fusion, research]", "", "range_sigma_km: 1,", "range_sigma_km: 0.2,", "Profile 'coarse' is below the safety-of-flight minimum: 'range_sigma_km' may be degraded at most 0.2 for safety_of_flight (left out, 'purposes' include safety_of_flight).")]
    [InlineData("purposes: [fusion, research]", "purposes: [safety_of_flight]", ", epoch_step_s: 1}", "}", "Profile 'coarse' is below the safety-of-flight minimum: 'epoch_step_s' may be degraded not at all for safety_of_flight.")]
    [InlineData("purposes: [fusion, research]", "purposes: [safety_of_flight]", "remove: [object_tag]", "remove: [range_rate]", "Profile 'coarse' is below the safety-of-flight minimum: it removes the range rate, which safety_of_flight needs.")]
    public void ReadYaml_DegradedBelowTheMinimumForSafetyOfFlight_IsRefused(string right, string wrong, string rightToo, string wrongToo, string message)
        => Assert.Contains(message, Read(Good.Replace(right, wrong, StringComparison.Ordinal).Replace(rightToo, wrongToo, StringComparison.Ordinal)).Select(issue => issue.Message));

    [Fact]
    public void ReadYaml_DegradedWithinTheMinimumForSafetyOfFlight_IsFine()
        => Assert.Empty(Read(Good.Replace("purposes: [fusion, research]", "purposes: [safety_of_flight]", StringComparison.Ordinal)));

    [Theory]
    [InlineData("[atlantic]", "range_sigma_km: 1, angle_sigma_deg: 0.005", false)]
    [InlineData("[atlantic]", "range_sigma_km: 1, angle_sigma_deg: 0.01, epoch_step_s: 1, remove: [object_tag]", true)]
    [InlineData("[caribbean]", "range_sigma_km: 1, angle_sigma_deg: 0.005", true)]
    public void ReadYaml_TwoProfilesForOneRecipient_MustBeOneFinerThanTheOther(string to, string figures, bool fine)
    {
        string text = Good.Replace("degradation_profiles:\n", $"degradation_profiles:\n  - {{id: other, {figures}}}\n", StringComparison.Ordinal)
            .Replace("grants:\n", $"grants:\n  - {{id: second, to: {to}, degradation: other, purposes: [fusion], delay: 24h}}\n", StringComparison.Ordinal);
        var issues = Read(text);
        if (fine) Assert.Empty(issues);
        else Assert.StartsWith("Profiles 'other' and 'coarse' each show something of records of class 'observation' that the other hides", issues.Single().Message, StringComparison.Ordinal);
    }

    /// <summary>Which lane a record went out in could not be told afterwards. A window that narrows nothing, or one beside a single delay, does no harm.</summary>
    [Theory]
    [InlineData("grants: [{id: early, valid_from: 2026-06-01T00:00:00Z}, {id: late, delay: 30d}]", "line 7, column 34: 'valid_from'")]
    [InlineData("grants: [{id: early, valid_until: 2026-06-01T00:00:00Z}, {id: late, delay: 30d}]", "line 7, column 35: 'valid_until'")]
    [InlineData("grants: [{id: soon, delay: 1h}, {id: late, delay: 30d, valid_until: 2026-06-01T00:00:00Z}]", "line 7, column 69: 'valid_until'")]
    [InlineData("grants: [{id: early}, {id: late, delay: 30d}]\nprohibitions: [{id: p, valid_until: 2026-06-01T00:00:00Z}]", "line 8, column 37: 'valid_until'")]
    [InlineData("grants: [{id: early, valid_until: 2036-01-01T00:00:00Z}, {id: late, delay: 30d}]", null)]
    [InlineData("grants: [{id: early, delay: 1d, valid_from: 2026-06-01T00:00:00Z}, {id: late, delay: 24h}]", null)]
    [InlineData("grants: [{id: early}, {id: late, delay: 30d}]\nprohibitions: [{id: p, valid_until: 2026-06-01T00:00:00Z, derived_products_for: [stranger]}]", null)]
    public void ReadYaml_WindowOfAClauseBesideDifferentDelays_IsRefused(string clauses, string? issue)
    {
        const string Head = "kind: ssashare/agreement/v1\ntitle: A test\nparties: [atlantic, pacific]\nvalid_from: 2026-01-01T00:00:00Z\nvalid_until: 2036-01-01T00:00:00Z\ndata_modes: [REAL]\n";
        string[] expected = issue is null ? [] : [$"{issue} of a clause cannot stand beside grants of different delays. Give all grants the same 'delay', or put the clause into an agreement of its own."];
        Assert.Equal(expected, Read(Head + clauses + "\n").Select(found => found.ToString()));
    }

    [Theory]
    [InlineData("degradation_profiles:\n", "  - {{id: profile-{0}x, range_sigma_km: 1}}\n", 8, "An agreement has at most 8 degradation profiles.")]
    [InlineData("object_lists:\n", "  - {{id: list-{0}x, objects: [1]}}\n", 100, "An agreement has at most 100 object lists.")]
    [InlineData("limits:\n", "  - {{id: limit-{0}x, records_per_day: 1}}\n", 100, "An agreement has at most 100 limits.")]
    [InlineData("grants:\n", "  - {{id: grant-{0}x, delay: {0}h}}\n", 8, "An agreement has at most 8 different delays.")]
    public void ReadYaml_OneTooMany_IsRefused(string place, string more, int most, string message)
    {
        // 24h is one of the delays too, and the document has one of everything else.
        string text = Good.Replace("valid_from: 2027", "valid_from: 2026", StringComparison.Ordinal).Replace("valid_until: 2028", "valid_until: 2036", StringComparison.Ordinal).Replace(place, place + string.Concat(Enumerable.Range(2, most).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, more, i))), StringComparison.Ordinal);
        Assert.Equal([message], Read(text).Select(issue => issue.Message));
    }

    private static System.Collections.Immutable.ImmutableArray<DocumentIssue> Read(string text) => AgreementDraft.ReadYaml(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))).Issues;
}
