using CsCheck;

namespace Engagement.Core.Tests.Ratios;

public class DefinitionJsonTests
{
    private const string Schema = "\"schema\": \"engagement-ratio-definition/1\"";

    private static readonly Gen<EngagementRatioDraft> Drafts = Gen.Select(
        Gen.Enum<EngagementBase>(),
        Gen.Enum<BaseAsOf>(),
        Gen.Enum<Aggregation>(),
        Gen.Enum<Attribution>(),
        Gen.Select(Gen.Enum<InteractionKind>(), Gen.OneOf(Gen.Double[0, 10], Gen.Const(0.0), Gen.Const(double.NaN), Gen.Const(double.PositiveInfinity), Gen.Const(-1.0))).List[0, 4],
        Gen.Enum<ActorRole>().List[0, 3],
        Gen.OneOf(Gen.Const(0), Gen.Const(1), Gen.Const(100), Gen.Const(1_000)),
        (@base, asOf, aggregation, attribution, weights, roles, scale) => new EngagementRatioDraft { Name = "mine", Base = @base, BaseAsOf = asOf, Aggregation = aggregation, Attribution = attribution, Weights = weights, Roles = roles, Scale = scale });

    public static TheoryData<string> Names => [.. EngagementRatioDefinitions.All.Select(definition => definition.Id.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_definition_comes_back_from_its_JSON(string name)
    {
        EngagementRatioDefinition definition = EngagementRatioDefinitions.All.Single(known => known.Id.Name == name);
        string json = definition.ToJson();
        Assert.Equal(definition, EngagementRatioDefinition.FromJson(json));
        Assert.Equal(json, EngagementRatioDefinition.FromJson(json).ToJson(), StringComparer.Ordinal);
        Cultures.AssertInvariant(definition.ToJson);
    }

    [Fact]
    public void Weights_roles_and_version_come_back_to_the_last_bit()
    {
        InteractionSelection selection = new InteractionSelection(InteractionKind.Like, InteractionKind.Save).WithWeight(InteractionKind.Save, 0.1 + 0.2).WithRoles(ActorRole.Member, ActorRole.Staff);
        var mine = new EngagementRatioDefinition("hausregel \"Ä\"", EngagementBase.Members, BaseAsOf.DailyMean, Aggregation.MeanOfDays, Attribution.ByInteractionDate, selection, 1_000, 7, "Sitzung vom 3. März");
        Assert.Equal(mine, EngagementRatioDefinition.FromJson(mine.ToJson()));
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        EngagementRatioDefinition read = EngagementRatioDefinition.FromJson($$"""{ {{Schema}}, "name": "mine", "base": "Views" }""");
        Assert.Equal(new EngagementRatioDefinition("mine", EngagementBase.Views), read);
    }

    [Theory]
    [InlineData("", "ENG0901")]
    [InlineData("null", "ENG0901")]
    [InlineData("[]", "ENG0901")]
    [InlineData("{ $, \"name\": \"mine\", \"base\": \"Views\", \"bass\": 1 }", "ENG0901", "bass")]
    [InlineData("{ $, \"name\": \"mine\", \"name\": \"yours\", \"base\": \"Views\" }", "ENG0901", "name")]
    [InlineData("{ $, \"name\": \"mine\", \"base\": \"Views\", \"weights\": { \"Like\": 1, \"Like\": 2 } }", "ENG0901", "Like")]
    [InlineData("{ $, \"name\": \"mine\", \"base\": \"Views\", \"weights\": { \"Like\": \"1\" } }", "ENG0901", "weights")]
    [InlineData("{ $, \"name\": \"mine\", \"base\": \"Views\" } x", "ENG0901")]
    [InlineData("{ \"name\": \"mine\", \"base\": \"Views\" }", "ENG0902", "schema (missing)")]
    [InlineData("{ \"schema\": \"engagement-ratio-definition/2\", \"name\": \"mine\", \"base\": \"Views\" }", "ENG0902", "engagement-ratio-definition/2")]
    [InlineData("{ $, \"name\": \"mine\" }", "ENG0903", "base (missing) must be the name of a known EngagementBase: take one of PotentialReach, ")]
    [InlineData("{ $, \"name\": \"mine\", \"base\": \"views\" }", "ENG0903", "base (\"views\")")]
    [InlineData("{ $, \"name\": \"mine\", \"base\": \"4\" }", "ENG0903")]
    [InlineData("{ $, \"name\": \"mine\", \"base\": \"Unspecified\" }", "ENG0903")]
    [InlineData("{ $, \"name\": \"mine\", \"base\": \"Views\", \"weights\": { \"Lik\": 1 } }", "ENG0903", "weights (\"Lik\") must be the name of a known InteractionKind")]
    [InlineData("{ $, \"name\": \"mine\", \"base\": \"Views\", \"roles\": [\"Boss\"] }", "ENG0903", "roles (\"Boss\")")]
    [InlineData("{ $, \"base\": \"Views\" }", "ENG0911", "Name (\"\") must have 1 to 512 characters")]
    [InlineData("{ $, \"name\": \"mine\", \"version\": 0, \"base\": \"Views\" }", "ENG0912", "Version (0)")]
    [InlineData("{ $, \"name\": \"mine\", \"base\": \"Views\", \"scale\": 7 }", "ENG0914", "Scale (7) must be 1, 100 or 1000")]
    [InlineData("{ $, \"name\": \"mine\", \"base\": \"Views\", \"weights\": {} }", "ENG0915")]
    [InlineData("{ $, \"name\": \"mine\", \"base\": \"Views\", \"weights\": { \"Like\": 1, \"Share\": -2 } }", "ENG0917", "Weights[1] (-2)")]
    [InlineData("{ $, \"name\": \"mine\", \"base\": \"Views\", \"weights\": { \"Like\": 1e999 } }", "ENG0917", "Weights[0]")]
    [InlineData("{ $, \"name\": \"mine\", \"base\": \"Views\", \"roles\": [] }", "ENG0918")]
    [InlineData("{ $, \"name\": \"mine\", \"base\": \"Views\", \"baseAsOf\": \"Latest\" }", "ENG0919", "baseAsOf (Latest) says nothing about Views, which is no stock: leave it at AtPublication.")]
    [InlineData("{ $, \"name\": \"mine\", \"base\": \"Views\", \"source\": \" \" }", "ENG0920")]
    public void What_is_wrong_is_named_with_place_value_rule_cure_and_code(string json, string code, string text = "")
    {
        FormatException refused = Assert.Throws<FormatException>(() => EngagementRatioDefinition.FromJson(json.Replace("$", Schema, StringComparison.Ordinal)));
        Assert.Contains($"[{code}]", refused.Message, StringComparison.Ordinal);
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_named_at_once()
    {
        FormatException refused = Assert.Throws<FormatException>(() => EngagementRatioDefinition.FromJson($$"""{ {{Schema}}, "name": " x", "version": -1, "base": "Members", "aggregation": "MeanOfDays", "scale": 2 }"""));
        Assert.Equal(["ENG0911", "ENG0912", "ENG0914", "ENG0919"], refused.Message.Split('\n').Select(line => line[^8..^1]), StringComparer.Ordinal);
    }

    [Fact]
    public void A_validator_finds_what_is_wrong_with_a_draft_as_errors_with_codes()
    {
        var draft = new EngagementRatioDraft { Name = "", Weights = [(InteractionKind.Like, double.NaN), ((InteractionKind)99, 1), (InteractionKind.Like, 1)], Roles = [(ActorRole)77], Base = (EngagementBase)9 };
        var errors = new EngagementRatioDraftValidator().Validate(draft).Errors;
        Assert.Equal(["ENG0911", "ENG0913", "ENG0917", "ENG0913", "ENG0916", "ENG0918"], errors.Select(error => error.ErrorCode), StringComparer.Ordinal);
        Assert.All(errors, error => Assert.Equal(((Finding)error.CustomState).ToString(), error.ErrorMessage));
        Assert.Equal(["Name", "Base", "Weights[0]", "Weights[1]", "Weights[2]", "Roles"], errors.Select(error => error.PropertyName), StringComparer.Ordinal);
        Assert.Throws<ArgumentNullException>("Weights", () => new EngagementRatioDraft { Weights = null! });
    }

    [Fact]
    public void Each_rule_says_the_place_the_value_what_must_hold_and_the_cure()
    {
        var sound = new EngagementRatioDraft { Name = "mine", Base = EngagementBase.Members };
        (EngagementRatioDraft, string)[] cases =
        [
            (sound, ""),
            (sound with { Name = " x" }, "Name (\" x\") must not start or end with space: give the definition a name of its own. [ENG0911]"),
            (sound with { Version = 0 }, "Version (0) must be 1 or more: count versions from 1. [ENG0912]"),
            (sound with { Base = default }, "Base (Unspecified) must be a known EngagementBase: take one of PotentialReach, MeasuredReach, Impressions, Views, Members, Publications, ActiveAudience. [ENG0913]"),
            (sound with { Attribution = (Attribution)7 }, "Attribution (7) must be a known Attribution: take one of ByPublicationDate, ByInteractionDate. [ENG0913]"),
            (sound with { Scale = 10 }, "Scale (10) must be 1, 100 or 1000: take 100 for percent. [ENG0914]"),
            (sound with { Weights = [] }, "Weights (0 kinds) must hold a kind with a weight above 0: name what counts as an interaction. [ENG0915]"),
            (sound with { Weights = [(InteractionKind.Like, 0)] }, "Weights (1 kinds) must hold a kind with a weight above 0: name what counts as an interaction. [ENG0915]"),
            (sound with { Weights = [(InteractionKind.Like, 1), (InteractionKind.Like, 2)] }, "Weights[1] (Like) must be given once: keep one weight for each kind. [ENG0916]"),
            (sound with { Weights = [(InteractionKind.Like, 1), (InteractionKind.Share, -1)] }, "Weights[1] (-1) must be a weight between 0 and 1000000: weights are relative: scale them, and leave out what does not count. [ENG0917]"),
            (sound with { Roles = [] }, "Roles (0 roles) must hold a role: name whose interactions count. [ENG0918]"),
            (sound with { Roles = [ActorRole.Member, (ActorRole)77] }, "Roles (77) must be known roles: take some of Unknown, Organisation, Staff, Member, NonMember, Bot. [ENG0918]"),
            (sound with { Base = EngagementBase.Views, BaseAsOf = BaseAsOf.Latest }, "baseAsOf (Latest) says nothing about Views, which is no stock: leave it at AtPublication. [ENG0919]"),
            (sound with { Source = " " }, "Source (\" \") must not be blank: name the source, or leave it out. [ENG0920]"),
        ];
        Assert.Equal(
            cases.Select(one => one.Item2),
            cases.Select(one => string.Join('\n', new EngagementRatioDraftValidator().Validate(one.Item1).Errors.Select(error => $"{error.PropertyName} ({error.AttemptedValue}) {((Finding)error.CustomState).Rule}: {((Finding)error.CustomState).Cure}. [{error.ErrorCode}]"))),
            StringComparer.Ordinal);
        string unknown = new EngagementRatioDraftValidator().Validate(sound with { Weights = [((InteractionKind)99, 1)] }).Errors.Single().ErrorMessage;
        Assert.Contains("must be a known InteractionKind: take one of View, Like, Dislike, ", unknown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "name": "x" }""", "schema (missing) must be ")]
    [InlineData("""{ "schema": "other/1", "name": "x" }""", "schema (\"other/1\") must be ")]
    [InlineData("null", "json (\"null\") must be JSON of a definition: The document is null. [ENG0901]")]
    [InlineData("[", " must be JSON of a definition: ")]
    public void What_is_no_definition_is_told_by_what_it_lacks(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => EngagementRatioDefinition.FromJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_draft_is_built_exactly_when_the_validator_finds_nothing_and_comes_back_from_its_JSON() => Drafts.Sample(
        draft =>
        {
            bool isValid = new EngagementRatioDraftValidator().Validate(draft).IsValid;
            if (!isValid)
            {
                Assert.Throws<FormatException>(draft.Build);
                return;
            }

            EngagementRatioDefinition built = draft.Build();
            Assert.Equal(built, EngagementRatioDefinition.FromJson(built.ToJson()));
        },
        iter: LawCases.Count);
}
