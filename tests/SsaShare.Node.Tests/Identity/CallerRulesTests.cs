using System.Reflection;
using Google.Protobuf.Reflection;
using SsaShare.Domain;
using SsaShare.Peering;

namespace SsaShare.Node.Tests;

public sealed class CallerRulesTests
{
    private static readonly PartnerId Self = PartnerId.Parse("atlantic"), Other = PartnerId.Parse("pacific");

    private static readonly Dictionary<string, Caller> Callers = new()
    {
        ["own operator"] = new(Self, CallerKind.Operator),
        ["own node"] = new(Self, CallerKind.Node),
        ["peer's operator"] = new(Other, CallerKind.Operator),
        ["peer's node"] = new(Other, CallerKind.Node),
        ["auditor"] = new(Self, CallerKind.Auditor),
    };

    /// <summary>Who may call what. A new service is decided on here before it is served.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["ssashare.admin.v1.AdminService"] = ["own operator"],
        ["ssashare.transfer.v1.TransferService"] = ["own operator"],
        ["ssashare.audit.v1.AuditService"] = ["own operator", "auditor"],
        ["ssashare.agreement.v1.AgreementService"] = ["peer's node"],
        ["ssashare.exchange.v1.ExchangeService"] = ["peer's node"],
        ["ssashare.notice.v1.NoticeService"] = ["peer's node"],
        ["ssashare.log.v1.LogService"] = [.. Callers.Keys],
        ["ssashare.catalog.v1.CatalogService"] = [.. Callers.Keys.Where(caller => caller != "auditor")],
        ["ssashare.catalog.v1.ConjunctionService"] = [.. Callers.Keys.Where(caller => caller != "auditor")],
        ["grpc.reflection.v1.ServerReflection"] = ["own operator", "own node"],
        // Open to everybody, so that no rule is asked.
        ["grpc.health.v1.Health"] = [],
        ["ssashare.identity.v1.IdentityService"] = [],
    };

    private static readonly IReadOnlyList<MethodDescriptor> Methods =
    [
        .. new[] { typeof(Protocol.Admin.V1.AdminReflection).Assembly, typeof(Grpc.Health.V1.HealthCheckRequest).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
            .Where(property => property?.PropertyType == typeof(FileDescriptor))
            .SelectMany(property => ((FileDescriptor)property!.GetValue(null)!).Services)
            .SelectMany(service => service.Methods),
    ];

    public static TheoryData<string> Services => [.. Methods.Select(method => method.Service.FullName).Distinct()];

    [Theory, MemberData(nameof(Services))]
    public void MayCall_EveryMethodOfAService_WhomTheTableNames(string service)
    {
        Assert.True(Allowed.TryGetValue(service, out string[]? allowed), $"{service} is new: say here who may call it.");
        Assert.All(Methods.Where(method => method.Service.FullName == service), method =>
            Assert.Equal(allowed, Callers.Where(caller => CallerRules.MayCall($"/{service}/{method.Name}", caller.Value, Self)).Select(caller => caller.Key)));
    }

    [Fact]
    public void Table_NamesServices_ThatExist() => Assert.Empty(Allowed.Keys.Except(Methods.Select(method => method.Service.FullName)));

    [Fact]
    public void IsOpen_OfAllMethods_HealthAndChangesOfKeysAlone()
        => Assert.All(Methods, method => Assert.Equal(method.Service.FullName is "grpc.health.v1.Health" or "ssashare.identity.v1.IdentityService", CallerRules.IsOpen($"/{method.Service.FullName}/{method.Name}")));

    [Theory]
    [InlineData("/ssashare.admin.v1.NewService/Do"), InlineData("/ssashare.Admin.v1.AdminService/GetStatus"), InlineData("ssashare.admin.v1.AdminService/GetStatus")]
    [InlineData("/ssashare.admin.v1.AdminService/GetStatus/more"), InlineData("/ssashare.admin.v1.AdminService"), InlineData("//"), InlineData("/"), InlineData("")]
    [InlineData("/grpc.health.v1.Healthy/Check"), InlineData("/x/grpc.health.v1.Health/Check")]
    public void MayCall_WhatIsNoMethodOfAListedService_Nobody(string method)
    {
        Assert.False(CallerRules.IsOpen(method));
        Assert.All(Callers.Values, caller => Assert.False(CallerRules.MayCall(method, caller, Self)));
    }
}
